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
	"time"

	"loket/flows/courier/couriertest"
	"loket/store"
	"loket/store/bolt"
	"loket/store/kvdb"
)

// TestReceiptsOfACrash: what left before loket was killed does not leave again,
// though the store was not told.
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
	o.post(t, couriertest.Many(5)...)
	kept := o.outbox(t)
	crashed := newReceipts(o.Receipts, 3)
	for _, m := range kept[:2] {
		if err := crashed.note(m.ID); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(crashed.path); err != nil || info.Mode() != 0o600 {
		t.Errorf("receipts are %v, %v", info.Mode(), err)
	}
	if err := crashed.note("cut o"); err != nil {
		t.Fatal(err)
	}
	crashed.file.Close() // as a kill does
	if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 3}) {
		t.Errorf("%+v, %v", tally, err)
	}
	if got, want := couriertest.Addressees(s.All()), []string{"n2@example.org", "n3@example.org", "n4@example.org"}; !slices.Equal(got, want) {
		t.Errorf("went to %q", got)
	}
	o.expect(t, map[store.MessageState]int{store.MessageSent: 5})
	o.discreet(t, couriertest.Many(5)...)
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 || left[0].Name() != filepath.Base(others) {
		t.Errorf("left %v, %v", left, err)
	}
}

// frail is an engine that refuses to write for a while.
type frail struct {
	kvdb.Engine
	refuses atomic.Bool
}

func (f *frail) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if f.refuses.Load() {
		return errors.New("the disk is full")
	}
	return f.Engine.Update(ctx, fn)
}

// TestStoreInTrouble: what leaves while the store takes nothing does not leave
// again when it does.
func TestStoreInTrouble(t *testing.T) {
	engine, err := bolt.Create(filepath.Join(t.TempDir(), "db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	f := &frail{Engine: engine}
	o := newOfficeOver(t, f)
	o.hasty()
	o.Settings.Poll = 10 * time.Millisecond
	s := couriertest.NewServer(t, func(s *couriertest.Server) { s.OnRcpt = func(string) error { f.refuses.Store(true); return nil } })
	o.over(s)
	o.post(t, couriertest.Many(5)...)
	stop := o.run(t)
	s.Await(t, 5)
	o.Clock.Move(time.Hour) // so that the messages are nobody's any more
	for !strings.Contains(o.log.String(), "the disk is full") {
		time.Sleep(time.Millisecond)
	}
	f.refuses.Store(false)
	o.settled(t)
	stop()
	if got := couriertest.Addressees(s.All()); len(got) != 5 {
		t.Errorf("went to %q", got)
	}
}

// TestNoReceipts: where no file can be written, the store knows of each message
// before the next one leaves.
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
		o.post(t, couriertest.Many(40)...)
		if tally, err := o.Once(t.Context()); err != nil || tally != (Tally{Sent: 40}) {
			t.Errorf("%+v, %v", tally, err)
		}
		o.expect(t, map[store.MessageState]int{store.MessageSent: 40})
	}
}
