package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"loket/store"
	"loket/store/etcd"
	"loket/store/etcd/etcdtest"
	"loket/store/kvdb"
)

// TestCopy: there and back again, everything is as it was, byte for byte, whatever the
// engine.
func TestCopy(t *testing.T) {
	from := everything(t)
	want := entriesOf(t, from.engine)
	tables := map[string]bool{}
	for key := range want {
		tables[strings.Split(key, "/")[0]] = true
	}
	for _, table := range store.Tables {
		if !tables[table] {
			t.Errorf("nothing in %s to copy", table)
		}
	}
	cluster := onCluster(t)
	there := copied(t, from.Store, cluster)
	if diff := cmp.Diff(want, entriesOf(t, cluster)); diff != "" {
		t.Errorf("on a cluster, want -, got +:\n%s", diff)
	}
	if there.Number != 2 || there.Records != len(want)-1 { // all but the version of the schema
		t.Errorf("of %d records: %+v", len(want), there)
	}
	on := over(t, cluster, from.keys)
	sound(t, on)
	back := emptyEngine(t)
	copied(t, on, back)
	if diff := cmp.Diff(want, entriesOf(t, back)); diff != "" {
		t.Errorf("and back, want -, got +:\n%s", diff)
	}
	sound(t, over(t, back, from.keys))
}

// everything is a store with something in every table.
func everything(t *testing.T) kept {
	t.Helper()
	s, _ := whole(t)
	entry := func(tx *store.Tx) { tx.Record(store.AuditEntry{Terminal: "Utrecht 1"}) }
	for range 1024 / 32 { // until a checkpoint is kept
		update(t, s.Store, func(tx *store.Tx) {
			for range 32 {
				entry(tx)
			}
		})
	}
	if _, err := s.Fold(t.Context()); err != nil {
		t.Fatal(err)
	}
	update(t, s.Store, entry)
	return s
}

// onCluster is an empty desk on a cluster of one.
func onCluster(t *testing.T) *etcd.Engine {
	t.Helper()
	engine, err := etcd.Connect(t.Context(), etcdtest.Where(etcdtest.Start(t, 1), "desk"), etcd.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	return engine
}

func copied(t *testing.T, from *store.Store, to kvdb.Engine) store.CopyRound {
	t.Helper()
	last, err := from.Copy(t.Context(), to, func(store.CopyRound, int) {})
	if err != nil {
		t.Fatal(err)
	}
	return last
}

// errCut is a load that was interrupted.
var errCut = errors.New("cut off")

// cutEngine loses what comes after so many entries of a Load.
type cutEngine struct {
	kvdb.Engine
	most int
}

func (e *cutEngine) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	cut := false
	err := e.Engine.Load(ctx, func(yield func(string, []byte) bool) {
		for key, value := range entries {
			if cut = e.most == 0; cut || !yield(key, value) {
				return
			}
			e.most--
		}
	})
	if cut {
		return errCut
	}
	return err
}

// TestCopyInterrupted: wherever it is cut off, what is there is no store, and running
// it again completes it, with what has changed since.
func TestCopyInterrupted(t *testing.T) {
	from, _ := whole(t)
	for _, most := range []int{0, 1, 2, 7, 20} {
		to := emptyEngine(t)
		if _, err := from.Copy(t.Context(), &cutEngine{to, most}, func(store.CopyRound, int) {}); !errors.Is(err, errCut) {
			t.Fatal(err)
		}
		if blank, err := store.Blank(t.Context(), to); err != nil || blank != (most == 0) {
			t.Errorf("cut after %d it is blank: %t, %v", most, blank, err)
		}
		if most > 0 {
			if _, err := store.Open(t.Context(), to, from.keys, atNoon); !errors.Is(err, store.ErrHalfCopied) {
				t.Errorf("cut after %d it opens: %v", most, err)
			}
		}
		update(t, from.Store, func(tx *store.Tx) {
			tx.PutTries("passing", store.Tries{Wrong: most})
			tx.DeleteTries(fmt.Sprint("passing", most-1))
		})
		copied(t, from.Store, to)
		if diff := cmp.Diff(entriesOf(t, from.engine), entriesOf(t, to)); diff != "" {
			t.Errorf("cut after %d, want -, got +:\n%s", most, diff)
		}
	}
}

// TestCopyOfWhatChanges: what others write meanwhile is in the copy as well, unless
// they never stop.
func TestCopyOfWhatChanges(t *testing.T) {
	from, _ := whole(t)
	for rounds, want := range map[int]error{2: nil, 1000: store.ErrChangesOn} {
		to, n := emptyEngine(t), 0
		last, err := from.Copy(t.Context(), to, func(round store.CopyRound, done int) {
			if done == round.Records && n < rounds {
				n++
				update(t, from.Store, func(tx *store.Tx) { tx.PutTries("busy", store.Tries{Wrong: n}) })
			}
		})
		if !errors.Is(err, want) {
			t.Fatalf("changed %d times: %v", rounds, err)
		}
		if want != nil {
			continue
		}
		if diff := cmp.Diff(entriesOf(t, from.engine), entriesOf(t, to)); diff != "" || last.Number < 3 {
			t.Errorf("%+v, and want -, got +:\n%s", last, diff)
		}
	}
}

// TestCopyOverSomething: nothing that is there is ever written over.
func TestCopyOverSomething(t *testing.T) {
	from, _ := whole(t)
	other, _ := whole(t)
	stray, half := emptyEngine(t), emptyEngine(t)
	if err := stray.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("tries/x", nil); return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Copy(t.Context(), &cutEngine{half, 3}, func(store.CopyRound, int) {}); !errors.Is(err, errCut) {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		to   kvdb.Engine
		want error
	}{
		"itself": {from.engine, store.ErrNotBlank}, "another one": {other.engine, store.ErrNotBlank}, "no store": {stray, store.ErrNotBlank},
		"half of another": {half, store.ErrOtherCopy},
	} {
		before := entriesOf(t, test.to)
		if _, err := from.Copy(t.Context(), test.to, func(store.CopyRound, int) {}); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(before, entriesOf(t, test.to)); diff != "" {
			t.Errorf("%s, want -, got +:\n%s", name, diff)
		}
	}
}
