package maintenance

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/bolt"
	"loket/store/checkpoint"
	"loket/store/keyring"
)

// newRunner returns a runner with its own store, and its log.
func newRunner(t *testing.T, handler func(*bytes.Buffer) slog.Handler) (*Runner, *bytes.Buffer) {
	t.Helper()
	keys, err := keyring.NewInMemory()
	if err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Create(filepath.Join(t.TempDir(), "loket.db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	clock := clock.New()
	s, err := store.Open(t.Context(), engine, keys, clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	journal := &bytes.Buffer{}
	return &Runner{Desk: desk.New(s, clock, "", desk.DefaultSettings()), Log: slog.New(handler(journal))}, journal
}

func text(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) }

func asJSON(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) }

func (k *Runner) record(t *testing.T) {
	t.Helper()
	if err := k.Store.Update(t.Context(), func(tx *store.Tx) error {
		tx.RecordAudit(store.AuditEntry{Terminal: "Utrecht 1", Visit: "v", Flow: "log in", Step: "ask", Outcome: "right", Customer: "K1000001"})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// size returns the size of the audit log.
func (k *Runner) size(t *testing.T) int64 {
	t.Helper()
	c, _, err := auditlog.NewestCheckpoint(t.Context(), k.Store)
	if err != nil {
		t.Fatal(err)
	}
	return c.Size
}

// found returns the sizes of the checkpoints in a journal, which must fit the audit log.
func (k *Runner) found(t *testing.T, journal string) (sizes []int64) {
	t.Helper()
	var all []checkpoint.Checkpoint
	for note, err := range ReadLogCheckpoints(strings.NewReader(journal)) {
		if err != nil {
			t.Fatal(err)
		}
		c, err := checkpoint.VerifyNote(note, k.Store.Verifier())
		if err != nil {
			t.Fatal(err)
		}
		all, sizes = append(all, c), append(sizes, c.Size)
	}
	v, err := auditlog.Verify(t.Context(), k.Store, k.Store.Verifier(), all)
	if err != nil || v.Fault != nil || v.Queued != 0 {
		t.Errorf("the log is %+v, %v, %v", v, v.Fault, err)
	}
	return sizes
}

// TestKeepLog: entries are folded at the right times, and the journal gets the
// checkpoints.
func TestKeepLog(t *testing.T) {
	for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{"text": text, "JSON": asJSON} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k, journal := newRunner(t, handler)
				k.record(t) // before maintenance began
				ctx, stop := context.WithCancel(t.Context())
				ended := make(chan struct{})
				go func() { defer close(ended); k.maintainAuditLog(ctx) }()
				wait := func(d time.Duration) { time.Sleep(d); synctest.Wait() }
				want := func(when string, size int64) {
					t.Helper()
					if got := k.size(t); got != size {
						t.Errorf("%s: %d entries, want %d", when, got, size)
					}
				}
				wait(0)
				want("at the start", 1)
				for range 3 {
					k.record(t)
					wait(50 * time.Millisecond)
				}
				want("while they gather", 1)
				wait(100 * time.Millisecond)
				want("after 250 ms", 4)
				wait(2 * time.Minute)
				k.record(t)
				wait(10 * time.Second)
				k.record(t)
				wait(10 * time.Second)
				want("by and by", 6)
				k.record(t)
				stop()
				<-ended
				want("at the end", 7)
				if got := k.found(t, journal.String()); !slices.Equal(got, []int64{1, 4, 7}) {
					t.Errorf("the journal has checkpoints of %v entries:\n%s", got, journal)
				}
				if strings.Contains(journal.String(), "K1000001") {
					t.Error("the journal names a customer")
				}
			})
		})
	}
}

// TestOneSequencer: of two processes, one folds the entries of both, and the other takes
// over when the first stops or dies.
func TestOneSequencer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one, _ := newRunner(t, text)
		other := *one
		one.leaseOwner, other.leaseOwner = "one", "other"
		ctx, leave := context.WithCancel(t.Context())
		left := make(chan struct{})
		go func() { defer close(left); one.maintainAuditLog(ctx) }()
		synctest.Wait()
		second := auditSequencer{Runner: &other}
		folds := func(when string, want bool) {
			t.Helper()
			before := other.size(t)
			other.record(t)
			if !second.foldUnderLease(t.Context()) || (other.size(t) > before) != want {
				t.Errorf("%s: it folds %t", when, !want)
			}
		}
		one.record(t)
		time.Sleep(auditFoldDelay)
		synctest.Wait()
		folds("while another one is there", false)
		time.Sleep(pollInterval + auditFoldDelay)
		synctest.Wait()
		if got := one.size(t); got != 2 {
			t.Errorf("%d entries are folded, want 2", got)
		}
		leave()
		<-left
		folds("once that left", true)
		third := auditSequencer{Runner: one}
		one.record(t)
		if third.foldUnderLease(t.Context()); one.size(t) != 3 {
			t.Error("two fold")
		}
		time.Sleep(sequencerLeaseTime)
		if third.foldUnderLease(t.Context()); one.size(t) != 4 {
			t.Error("nobody takes over from who died")
		}
	})
}

// TestKeepLogTellsOfTrouble: if the audit log was changed, nothing is folded, and the
// journal says so.
func TestKeepLogTellsOfTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, journal := newRunner(t, text)
		k.record(t)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); k.maintainAuditLog(ctx) }()
		synctest.Wait()
		k.Store.Close() // like a failing disk
		if err := k.Store.Update(t.Context(), func(*store.Tx) error { return nil }); err == nil {
			t.Fatal("the store is still open")
		}
		stop()
		<-ended
		if !strings.Contains(journal.String(), "the audit log does not grow") {
			t.Errorf("the journal says\n%s", journal)
		}
	})
}

// FuzzCheckpoints: from any journal, a logged checkpoint is read back unchanged, and
// other lines yield none.
func FuzzCheckpoints(f *testing.F) {
	f.Add("loket-1\n3\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— loket-1 Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n", "level=INFO msg=\" checkpoint=\\\"x\"")
	f.Add("", ` checkpoint="cut of`)
	f.Add("\x00\xff — \" \\", `{"checkpoint":"`)
	f.Fuzz(func(t *testing.T, note, other string) {
		for _, err := range ReadLogCheckpoints(strings.NewReader(other)) {
			if err != nil {
				break // and it does not panic
			}
		}
		var journal bytes.Buffer
		slog.New(text(&journal)).Info(other, "other", other)
		slog.New(asJSON(&journal)).Info(other, "other", other)
		for line := range strings.Lines(other) {
			if !strings.Contains(line, checkpointKey) {
				fmt.Fprintln(&journal, strings.TrimRight(line, "\n"))
			}
		}
		slog.New(text(&journal)).Info(other, checkpointKey, note+"\n")
		slog.New(asJSON(&journal)).Info(other, checkpointKey, strings.ToValidUTF8(note, "?"))
		var got []string
		for found, err := range ReadLogCheckpoints(&journal) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, found)
		}
		if want := []string{note + "\n", strings.ToValidUTF8(note, "?")}; !slices.Equal(got, want) {
			t.Errorf("logged %q, found %q", want, got)
		}
	})
}
