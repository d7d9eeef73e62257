package courier

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/courier/couriertest"
	"loket/store"
	"loket/store/bolt"
	"loket/store/kvdb"
)

// TestReceiptsOfACrash tests that a message that was sent before Loket was killed is not sent again, although the store has no
// record of it.
func TestReceiptsOfACrash(t *testing.T) {
	for _, name := range []string{"db.sent", "klanten [2026].db.sent", "[", "?*"} {
		t.Run(name, func(t *testing.T) { receiptsOfACrash(t, filepath.Join(t.TempDir(), name)) })
	}
}

func receiptsOfACrash(t *testing.T, path string) {
	o, s := newOffice(t), couriertest.NewServer(t)
	o.Receipts = path
	o.over(s)
	others := path + "-notes"
	if err := os.WriteFile(others, []byte("of an operator"), 0o600); err != nil {
		t.Fatal(err)
	}
	o.post(t, couriertest.ManyMessages(5)...)
	kept := o.outbox(t)
	crashed := newReceipts(o.Receipts, 3)
	for _, m := range kept[:2] {
		if err := crashed.addReceipt(m.ID); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(crashed.path); err != nil || info.Mode() != 0o600 {
		t.Errorf("receipts are %v, %v", info.Mode(), err)
	}
	if err := crashed.addReceipt("cut o"); err != nil {
		t.Fatal(err)
	}
	crashed.file.Close() // Closing the file imitates the end of a killed process.
	if tally, err := o.SendDueOnce(t.Context()); err != nil || tally != (ResultCount{Sent: 3}) {
		t.Errorf("%+v, %v", tally, err)
	}
	if got, want := couriertest.MailRecipients(s.AllMail()), []string{"n2@example.org", "n3@example.org", "n4@example.org"}; !slices.Equal(got, want) {
		t.Errorf("went to %q", got)
	}
	o.expect(t, map[store.MessageState]int{store.MessageSent: 5})
	o.discreet(t, couriertest.ManyMessages(5)...)
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 || left[0].Name() != filepath.Base(others) {
		t.Errorf("left %v, %v", left, err)
	}
}

// frail is a database engine that refuses writes for some time.
type frail struct {
	kvdb.Engine
	refusing func() bool // refusing reports whether the engine refuses writes now; it may be nil.
	scrubs   func() error
}

func (f *frail) Scrub(ctx context.Context) error {
	if f.scrubs != nil {
		return f.scrubs()
	}
	return f.Engine.Scrub(ctx)
}

func (f *frail) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if f.refusing != nil && f.refusing() {
		return errors.New("the disk is full")
	}
	return f.Engine.Update(ctx, fn)
}

// newFrailOffice returns an office on a frail engine.
func newFrailOffice(t *testing.T) (*office, *frail) {
	t.Helper()
	engine, err := bolt.Create(filepath.Join(t.TempDir(), "db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	f := &frail{Engine: engine}
	return newOfficeOver(t, f), f
}

// TestStoreInTrouble tests that messages which were sent while the store refused writes are not sent again later.
func TestStoreInTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, f := newFrailOffice(t)
		s := newStand()
		o.post(t, couriertest.ManyMessages(5)...)
		var left atomic.Bool
		s.takes = func(store.Message) error { left.Store(true); return nil }
		// The store refuses writes for an hour, which outlasts the leases of the messages.
		f.refusing = func() bool { return left.Load() && o.Clock.Now().Sub(s.began) < time.Hour }
		o.attended(t, s, 3*time.Hour)
		if len(s.offered) != 5 {
			t.Errorf("left at %v", s.offered)
		}
		o.expect(t, map[store.MessageState]int{store.MessageSent: 5})
		if !strings.Contains(o.log.String(), "the disk is full") {
			t.Error("nobody was told of the trouble")
		}
	})
}

// TestStoreTakesNoResult tests that, without receipts, a failure to record sent messages is logged, and nothing more is sent
// until the store works.
func TestStoreTakesNoResult(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, f := newFrailOffice(t)
		o.Receipts = ""
		s := newStand()
		var refuses atomic.Bool
		s.takes = func(store.Message) error { refuses.Store(true); return nil }
		f.refusing = func() bool { return refuses.Swap(false) } // The store refuses only the first write.
		o.post(t, couriertest.ManyMessages(1)...)
		tally, err := newWorker(o.Courier, store.ByEmail, s, 0).sendDueOnce(t.Context(), o.Clock.Now())
		if want := "keep what came of messages: the disk is full"; err == nil || err.Error() != want || tally != (ResultCount{Sent: 1}) {
			t.Errorf("%+v, %v", tally, err)
		}
		f.refusing = refuses.Load
		o.post(t, couriertest.ManyMessages(5)[1:]...)
		if _, err := newWorker(o.Courier, store.ByEmail, s, 0).sendDueOnce(t.Context(), o.Clock.Now()); err == nil || len(s.offered) != 2 {
			t.Errorf("%d left, %v", len(s.offered), err)
		}
	})
}

// TestStoreGivesNothing tests that a failure to claim messages is logged, and does not count as an attempt to send them.
func TestStoreGivesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, f := newFrailOffice(t)
		s := newStand()
		o.post(t, couriertest.ManyMessages(3)...)
		f.refusing = func() bool { return true }
		tally, err := newWorker(o.Courier, store.ByEmail, s, 0).sendDueOnce(t.Context(), o.Clock.Now())
		if want := "take messages: the disk is full"; err == nil || err.Error() != want || tally != (ResultCount{}) || len(s.offered) > 0 {
			t.Errorf("%+v, %v", tally, err)
		}
		if log := o.log.String(); !strings.Contains(log, "the outbox cannot be used") || !strings.Contains(log, "the disk is full") {
			t.Errorf("the log is\n%s", log)
		}
		f.refusing = func() bool { return o.Clock.Now().Sub(s.began) < time.Minute }
		o.attended(t, s, 2*time.Minute)
		o.expect(t, map[store.MessageState]int{store.MessageSent: 3})
	})
}

// TestNoReceipts tests that, if no file can be written, each message is recorded in the store before the next one is sent.
func TestNoReceipts(t *testing.T) {
	for _, path := range []string{"", filepath.Join(t.TempDir(), "none", "receipts")} {
		o := newOffice(t)
		o.Receipts = path
		took := 0
		s := couriertest.NewServer(t, func(s *couriertest.Server) {
			s.OnRcpt = func(string) error {
				if sent := o.states(t)[store.MessageSent]; sent != took {
					t.Errorf("the store knows of %d, and %d were sent before", sent, took)
				}
				took++
				return nil
			}
		})
		o.over(s)
		o.post(t, couriertest.ManyMessages(40)...)
		if tally, err := o.SendDueOnce(t.Context()); err != nil || tally != (ResultCount{Sent: 40}) {
			t.Errorf("%+v, %v", tally, err)
		}
		o.expect(t, map[store.MessageState]int{store.MessageSent: 40})
	}
}
