package auditlog_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/checkpoint"
	"loket/store/fixture"
	"loket/store/kvdb"
)

// TestFold: every entry is folded once and in order, readers see the same entries as
// before, and the head is right.
func TestFold(t *testing.T) {
	l := newLedger(t)
	if _, found, err := auditlog.NewestCheckpoint(t.Context(), l.Store); err != nil || found {
		t.Errorf("a checkpoint of nothing: %v, %v", found, err)
	}
	l.sound(t, 0)
	recorded := 0
	for _, more := range []int{1, 57, 58, 59, 140, 1000, 2} {
		l.record(t, recorded, recorded+more)
		recorded += more
		if found := l.verify(t); found.Fault != nil || found.Queued != more {
			t.Fatalf("before folding: %+v", found)
		}
		fixture.RequireEqual(t, l.fold(t), more)
		fixture.RequireEqual(t, l.fold(t), 0)
		l.sound(t, recorded)
	}
	l.record(t, recorded, recorded+3)
	n := 0
	fixture.MustView(t, l.Store, func(tx *store.Tx) {
		for e := range auditlog.AllEntries(tx) {
			if e.Outcome != fmt.Sprint("outcome ", n) || e.Customer != about(n) || e.Visit != fmt.Sprint("v", n/4) {
				t.Errorf("entry %d is %+v", n, e)
			}
			n++
		}
	})
	fixture.RequireEqual(t, n, recorded+3)
	var hashes edgeOfAll
	for i, e := range l.entries(t) {
		fixture.RequireEqual(t, e.Number, int64(i))
		hashes.add(t, e.Leaf)
	}
	fixture.RequireEqual(t, l.newest(t).Root, hashes.root(t)) // as anybody can compute it
}

// edgeOfAll computes a root from all hashes, in the way of the RFC.
type edgeOfAll struct {
	hashes []tlog.Hash
	size   int64
}

func (e *edgeOfAll) ReadHashes(indexes []int64) (found []tlog.Hash, err error) {
	for _, i := range indexes {
		found = append(found, e.hashes[i])
	}
	return found, nil
}

func (e *edgeOfAll) add(t *testing.T, leaf []byte) {
	t.Helper()
	made, err := tlog.StoredHashes(e.size, leaf, e)
	if err != nil {
		t.Fatal(err)
	}
	e.hashes = append(e.hashes, made...)
	e.size++
}

func (e *edgeOfAll) root(t *testing.T) tlog.Hash {
	t.Helper()
	root, err := tlog.TreeHash(e.size, e)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func TestRecordedWakes(t *testing.T) {
	l := newLedger(t)
	woken := func() bool {
		select {
		case <-l.AuditQueuedSignal():
			return true
		default:
			return false
		}
	}
	fixture.RequireEqual(t, woken(), false)
	l.record(t, 0, 100)
	fixture.RequireEqual(t, woken(), true)
	fixture.RequireEqual(t, woken(), false)
	l.fold(t)
	fixture.RequireEqual(t, woken(), false)
	failed := errors.New("rolled back")
	if err := l.Update(t.Context(), func(tx *store.Tx) error { tx.RecordAudit(store.AuditEntry{}); return failed }); !errors.Is(err, failed) {
		t.Error(err)
	}
	fixture.RequireEqual(t, woken(), false)
}

// TestFoldersAtOnce: several processes fold while entries are queued, and each entry is
// folded once.
func TestFoldersAtOnce(t *testing.T) {
	l := newLedger(t)
	var all sync.WaitGroup
	const each, writers = 300, 3
	for w := range writers {
		all.Go(func() {
			for n := range each {
				fixture.MustUpdate(t, l.Store, func(tx *store.Tx) { tx.RecordAudit(store.AuditEntry{Outcome: fmt.Sprint(w, "/", n)}) })
			}
		})
		folder := l.again(t, l.engine)
		all.Go(func() {
			for range 20 {
				if _, err := auditlog.FoldQueued(t.Context(), folder); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	l.fold(t)
	l.sound(t, each*writers)
	seen := map[string]bool{}
	for _, e := range l.entries(t) {
		seen[e.Outcome] = true
	}
	fixture.RequireEqual(t, len(seen), each*writers)
}

// breaking is an engine whose process ends at some commit, just before it or just after.
type breaking struct {
	kvdb.Engine
	left  int
	after bool
}

var errDown = errors.New("down")

func (b *breaking) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if b.left--; b.left >= 0 {
		return b.Engine.Update(ctx, fn)
	}
	if b.after {
		if err := b.Engine.Update(ctx, fn); err != nil {
			return err
		}
	}
	return errDown
}

func TestFoldIsInterrupted(t *testing.T) {
	l := newLedger(t)
	recorded := 0
	for commits := range 4 {
		for _, after := range []bool{false, true} {
			l.record(t, recorded, recorded+200)
			recorded += 200
			broken := &breaking{Engine: l.engine, left: commits, after: after}
			if _, err := auditlog.FoldQueued(t.Context(), l.again(t, broken)); !errors.Is(err, errDown) {
				t.Errorf("after %d commits: %v", commits, err)
			}
			if found := l.verify(t); found.Fault != nil || found.Newest.Size+int64(found.Queued) != int64(recorded) {
				t.Errorf("after %d commits: %+v, %v", commits, found, found.Fault)
			}
			l.fold(t)
			l.sound(t, recorded)
		}
	}
	for n, e := range l.entries(t) {
		fixture.RequireEqual(t, e.Outcome, fmt.Sprint("outcome ", n))
	}
}

// TestForgetInLog removes a customer from entries, folded or not, and leaves the tree
// unchanged.
func TestForgetInLog(t *testing.T) {
	l := newLedger(t)
	l.record(t, 0, 600)
	l.fold(t)
	before := l.newest(t)
	l.record(t, 600, 630)
	forgotten, err := auditlog.ForgetCustomers(t.Context(), l.Store, "K1")
	if err != nil {
		t.Fatal(err)
	}
	fixture.RequireEqual(t, forgotten, 210)
	found := l.sound(t, 630, before)
	fixture.RequireEqual(t, found.Erased, 210)
	for _, e := range l.entries(t) {
		wasTheirs := about(int(e.Number)) == "K1"
		if e.Erased != wasTheirs || wasTheirs && (e.Customer != "" || e.Nonce != nil) || !wasTheirs && e.Customer != about(int(e.Number)) {
			t.Errorf("left %+v", e)
		}
	}
	fixture.MustView(t, l.Store, func(tx *store.Tx) {
		fixture.RequireEqual(t, len(slices.Collect(tx.CustomerActivity("K1"))), 0)
		fixture.RequireEqual(t, len(slices.Collect(tx.CustomerActivity("K2"))), 210)
	})
	again, err := auditlog.ForgetCustomers(t.Context(), l.Store, "K1")
	if err != nil || again != 0 {
		t.Errorf("forgot %d more, %v", again, err)
	}
}

// TestForgetLogBefore deletes the oldest entries, in the log and in activities, and the
// checkpoint says so.
func TestForgetLogBefore(t *testing.T) {
	l := newLedger(t)
	l.record(t, 0, 500)
	between := l.clock()
	l.record(t, 500, 700)
	l.fold(t)
	before := l.newest(t)
	for _, want := range []int{500, 0} {
		if dropped, err := auditlog.ForgetEntriesBefore(t.Context(), l.Store, between); err != nil || dropped != want {
			t.Fatalf("dropped %d, %v, want %d", dropped, err, want)
		}
		found := l.sound(t, 700, before)
		fixture.RequireEqual(t, found.Newest.FirstKept, 500)
		fixture.RequireEqual(t, strings.Contains(found.Newest.Note, "\nkept-from 500\n"), true)
		fixture.RequireEqual(t, l.entries(t)[0].Number, 500)
	}
	counts, err := l.CountRecords(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fixture.RequireEqual(t, counts["activity"], 200)
	fixture.RequireEqual(t, counts["log"], 200)
	after := l.newest(t)
	l.record(t, 700, 1100)
	l.fold(t)
	if dropped, err := auditlog.ForgetEntriesBefore(t.Context(), l.Store, l.clock()); err != nil || dropped != 600 {
		t.Errorf("dropped %d of all, %v", dropped, err)
	}
	l.record(t, 1100, 1101)
	l.fold(t)
	fixture.RequireEqual(t, l.sound(t, 1101, before, after).Newest.FirstKept, 1100)
}

// TestNewestEntries yields the audit log in reverse, whether its entries are folded or
// queued, and however many were deleted.
func TestNewestEntries(t *testing.T) {
	l := newLedger(t)
	alike := func(want int) {
		t.Helper()
		fixture.MustView(t, l.Store, func(tx *store.Tx) {
			forwards, backwards := slices.Collect(auditlog.AllEntries(tx)), slices.Collect(auditlog.NewestFirst(tx))
			slices.Reverse(backwards)
			fixture.RequireEqual(t, len(forwards), want)
			fixture.RequireEqual(t, backwards, forwards)
			for e := range auditlog.NewestFirst(tx) { // and the loop can be left early
				fixture.RequireEqual(t, e, forwards[want-1])
				break
			}
		})
	}
	alike(0)
	l.record(t, 0, 300)
	between := l.clock()
	l.record(t, 300, 700)
	alike(700)
	l.fold(t)
	l.record(t, 700, 710)
	alike(710)
	if dropped, err := auditlog.ForgetEntriesBefore(t.Context(), l.Store, between); err != nil || dropped != 300 {
		t.Fatalf("dropped %d, %v", dropped, err)
	}
	alike(410)
}

// TestOutsideCheckpoints: a checkpoint with another key or of another log is refused
// before anything is compared with it.
func TestOutsideCheckpoints(t *testing.T) {
	l, other := newLedger(t), newLedger(t)
	for _, some := range []*ledger{l, other} {
		some.record(t, 0, 10)
		some.fold(t)
	}
	ours := l.newest(t)
	c, err := checkpoint.VerifyNote(ours.Note+"\n\r\n", l.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	fixture.RequireEqual(t, c, ours)
	for name, refused := range map[string]string{
		"another log":     other.newest(t).Note,
		"another size":    strings.Replace(ours.Note, "\n10\n", "\n9\n", 1),
		"no signature":    ours.Note[:strings.Index(ours.Note, "\n\n")+2],
		"nothing":         "",
		"far too long":    strings.Repeat("x", 1<<20),
		"another's lines": signed(t, "loket-0\n10\n"+ours.Root.String()+"\n"),
	} {
		if _, err := checkpoint.VerifyNote(refused, l.Verifier()); !errors.Is(err, checkpoint.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := checkpoint.VerifyNote(ours.Note, "loket+1+x"); err == nil || errors.Is(err, checkpoint.ErrInvalid) {
		t.Errorf("with no key: %v", err)
	}
	found, err := auditlog.Verify(t.Context(), l.Store, other.Verifier(), nil)
	if err != nil || found.Fault == nil || found.Fault.First != auditlog.NoEntry {
		t.Errorf("verified with another's key: %+v, %v", found, err)
	}
}

// signed signs a text with an unknown key.
func signed(t *testing.T, text string) string {
	t.Helper()
	private, _, err := note.GenerateKey(rand.Reader, "loket-0")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	s, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}
