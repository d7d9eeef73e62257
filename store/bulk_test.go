package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"loket/store"
	"loket/store/fixture"
	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// TestBulkProgress: progress is reported for each batch, with how many of all entries are
// done.
func TestBulkProgress(t *testing.T) {
	for _, count := range []int{0, 1, 256, 257, 700} {
		s := fixture.CreateStore(t, fixture.NewFiles(t))
		var told []string
		if err := s.BulkUpdate(t.Context(), attempts(count), func(done, all int) { told = append(told, fmt.Sprint(done, " of ", all)) }); err != nil {
			t.Fatal(err)
		}
		var want []string
		for done := 0; done < count; {
			done = min(done+256, count)
			want = append(want, fmt.Sprint(done, " of ", count))
		}
		fixture.RequireEqual(t, told, want)
		counts, err := s.CountRecords(t.Context())
		if err != nil || counts["tries"] != count {
			t.Errorf("%d of %d are there, %v", counts["tries"], count, err)
		}
	}
}

// attempts puts a number of records.
func attempts(count int) func(*store.Tx) error {
	return func(tx *store.Tx) error {
		for n := range count {
			tx.PutAttempts(fmt.Sprint(n), store.Attempts{Wrong: 1})
		}
		return nil
	}
}

// TestBulkOfNonsense: a record that cannot be encoded is an error.
func TestBulkOfNonsense(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	if err := s.BulkUpdate(t.Context(), func(tx *store.Tx) error {
		sealedkv.Put(tx.SealedTx(), "tries/x", func() {})
		return nil
	}, func(int, int) { t.Error("it went in") }); err == nil {
		t.Error("no error")
	}
}

// TestBulkStopped: a BulkUpdate that is stopped between two batches returns an error.
func TestBulkStopped(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	ctx, cancel := context.WithCancel(t.Context())
	if err := s.BulkUpdate(ctx, attempts(20_000), func(int, int) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestBulkBeside: BulkUpdateConcurrent writes in several transactions, and reports each; a
// record that was changed in the meantime stops it.
func TestBulkBeside(t *testing.T) {
	for _, count := range []int{0, 1, kvdb.MaxKeys, kvdb.MaxKeys + 1} {
		s := fixture.CreateStore(t, fixture.NewFiles(t))
		var told []int
		if err := s.BulkUpdateConcurrent(t.Context(), attempts(count), func(done, all int) {
			told = append(told, done)
			fixture.RequireEqual(t, all, count)
		}); err != nil {
			t.Fatal(err)
		}
		want := []int{kvdb.MaxKeys, count}
		if count <= kvdb.MaxKeys {
			want = want[1:]
		}
		if count == 0 {
			want = nil
		}
		if !slices.Equal(told, want) {
			t.Errorf("of %d: told of %d", count, told)
		}
	}
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	fixture.MustUpdate(t, s, func(tx *store.Tx) { tx.PutAttempts("0", store.Attempts{Wrong: 7}) })
	failed := errors.New("failed")
	if err := s.BulkUpdateConcurrent(t.Context(), func(*store.Tx) error { return failed }, func(int, int) {}); err != failed {
		t.Error(err)
	}
	engine := fixture.NewEmptyEngine(t)
	o := fixture.OpenStore(t, &changingEngine{Engine: engine}, newKeys(t))
	fixture.MustUpdate(t, o, func(tx *store.Tx) { tx.PutAttempts("0", store.Attempts{Wrong: 7}) })
	o.Engine().(*changingEngine).before = func() {
		fixture.MustUpdate(t, o, func(tx *store.Tx) { tx.PutAttempts("0", store.Attempts{Wrong: 8}) })
	}
	if err := o.BulkUpdateConcurrent(t.Context(), attempts(1), func(int, int) { t.Error("it went in") }); !errors.Is(err, store.ErrChanged) {
		t.Error(err)
	}
	fixture.MustView(t, o, func(tx *store.Tx) { fixture.RequireEqual(t, tx.WrongAttempts("0", 0).Wrong, 8) })
}

// changingEngine calls a function before its next Update.
type changingEngine struct {
	kvdb.Engine
	before func()
}

func (e *changingEngine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	if do := e.before; do != nil {
		e.before = nil
		do()
	}
	return e.Engine.Update(ctx, fn)
}

// TestUpdateFails: nothing is signalled that was not committed, and an error in the
// transaction is returned instead of the error of its function.
func TestUpdateFails(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	failed := errors.New("failed")
	err := s.Update(t.Context(), func(tx *store.Tx) error {
		tx.PutMessage(fixture.SecretMessage)
		tx.RecordAudit(store.AuditEntry{})
		return failed
	})
	if err != failed {
		t.Error(err)
	}
	select {
	case <-s.MessagePostedSignal(store.ByEmail):
		t.Error("told of a message")
	case <-s.AuditQueuedSignal():
		t.Error("told of an entry")
	default:
	}
	sticks := errors.New("sticks")
	if err := s.Update(t.Context(), func(tx *store.Tx) error { tx.SealedTx().Fail(sticks); return failed }); err != sticks {
		t.Error(err)
	}
	s.WakeWaiters()
	<-s.MessagePostedSignal(store.ByEmail)
	<-s.MessagePostedSignal(store.ByLetter)
	<-s.AuditQueuedSignal()
}

// TestEach tests that UpdateEach handles every item, in more transactions if the items touch more keys, and that it fails if one item
// touches too many.
func TestEach(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	var items []int
	for n := range 65 {
		items = append(items, n)
	}
	putKeys := func(keys int) func(*store.Tx, int) {
		return func(tx *store.Tx, n int) {
			for of := range keys {
				tx.PutAttempts(fmt.Sprint(keys, " ", n, " ", of), store.Attempts{Wrong: 1})
			}
		}
	}
	stored := 0
	for _, keys := range []int{4, 25, kvdb.MaxKeys} {
		err := store.UpdateEach(t.Context(), s, items, putKeys(keys))
		counts, failed := s.CountRecords(t.Context())
		if stored += keys * len(items); err != nil || failed != nil || counts[store.WrongAttemptsTable] != stored {
			t.Errorf("stored %d records, want %d: %v, %v", counts[store.WrongAttemptsTable], stored, err, failed)
		}
	}
	if err := store.UpdateEach(t.Context(), s, items, putKeys(kvdb.MaxKeys+1)); !errors.Is(err, kvdb.ErrTooLarge) {
		t.Errorf("an item with too many keys: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := 0
	if err := store.UpdateEach(ctx, s, items, func(*store.Tx, int) { done++; cancel() }); !errors.Is(err, context.Canceled) || done == len(items) {
		t.Errorf("stopped after %d: %v", done, err)
	}
}

// TestBlank: an engine is blank until a store is made in it, or a copy to it is begun.
func TestBlank(t *testing.T) {
	for name, test := range map[string]struct {
		put   []string
		blank bool
	}{
		"nothing": {nil, true}, "something else": {[]string{"a/1"}, true}, "a store": {[]string{store.SchemaKey, store.SealMarkKey}, false},
		"a copy": {[]string{store.SealMarkKey}, false}, "no seal": {[]string{store.SchemaKey}, false},
	} {
		e := fixture.NewEmptyEngine(t)
		if err := e.Update(t.Context(), func(kv kvdb.KV) error {
			for _, key := range test.put {
				kv.Put(key, nil)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if blank, err := store.IsEmptyEngine(t.Context(), e); err != nil || blank != test.blank {
			t.Errorf("%s: %t, %v", name, blank, err)
		}
	}
	e := fixture.NewEmptyEngine(t)
	e.Close()
	if _, err := store.IsEmptyEngine(t.Context(), e); err == nil {
		t.Error("a place that cannot be looked at is blank or not")
	}
}

// TestSealedOf: SealedEntries yields the sealed values, which the schema version is not,
// and the loop can be left early.
func TestSealedOf(t *testing.T) {
	s := fixture.NewStore(t, nil)
	fixture.MustUpdate(t, s.Store, fixture.PutAllRecords)
	fixture.PutManyAttempts(t, s, 3)
	if err := s.Engine.View(t.Context(), func(kv kvdb.KV) error {
		n := 0
		for _, table := range store.AllTables() {
			for key, sealed := range store.SealedEntries(kv, table) {
				if _, err := s.Keys.Unseal(key, sealed); err != nil {
					t.Errorf("%q: %v", key, err)
				}
				n++
			}
			for range store.SealedEntries(kv, table) {
				break
			}
		}
		if all := len(fixture.ListEntries(t, s.Engine)); n != all-1 {
			t.Errorf("%d of %d are sealed", n, all)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// TestEngineFails: each failure of the engine is returned.
func TestEngineFails(t *testing.T) {
	for name, do := range map[string]func(*store.Store) error{
		"update": func(s *store.Store) error { return s.Update(t.Context(), func(*store.Tx) error { return nil }) },
		"view":   func(s *store.Store) error { return s.View(t.Context(), func(*store.Tx) error { return nil }) },
		"bulk":   func(s *store.Store) error { return s.BulkUpdate(t.Context(), attempts(300), fixture.IgnoreProgress) },
		"bulk beside": func(s *store.Store) error {
			return s.BulkUpdateConcurrent(t.Context(), attempts(300), fixture.IgnoreProgress)
		},
		"each": func(s *store.Store) error {
			return store.UpdateEach(t.Context(), s, make([]int, 65), func(*store.Tx, int) {})
		},
		"count":           func(s *store.Store) error { _, err := s.CountRecords(t.Context()); return err },
		"forget activity": func(s *store.Store) error { return s.ForgetCustomerActivity(t.Context(), fixture.CustomerBerg.ID) },
	} {
		t.Run(name, func(t *testing.T) {
			s := fixture.NewFilledStore(t)
			fixture.FailEachCall(t, s, func(over *store.Store) error {
				fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.RecordAudit(store.AuditEntry{Customer: fixture.CustomerBerg.ID}) })
				return do(over)
			})
		})
	}
	t.Run("open", func(t *testing.T) {
		keys := newKeys(t)
		fixture.FailEachEngineCall(t, func(at func(kvdb.Engine) kvdb.Engine) error {
			_, err := store.Open(t.Context(), at(fixture.NewEmptyEngine(t)), keys, fixture.NoonClock)
			return err
		})
	})
	t.Run("migrate", func(t *testing.T) {
		fixture.FailEachEngineCall(t, func(at func(kvdb.Engine) kvdb.Engine) error {
			f := fixture.WriteVersion(t, 1)
			engine, keys := f.OpenEngineAndKeys(t)
			defer engine.Close()
			_, err := store.Migrate(t.Context(), at(engine), keys, fixture.NoonClock, fixture.SkipCopy)
			return err
		})
	})
}
