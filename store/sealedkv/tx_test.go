package sealedkv_test

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"testing"

	"loket/store/bolt"
	"loket/store/keyring"
	"loket/store/kvdb"
	"loket/store/sealedkv"
	"loket/store/spill"
)

// A desk is an engine with keys that seal its values.
type desk struct {
	t    *testing.T
	e    *bolt.Engine
	keys *keyring.Keys
}

func newDesk(t *testing.T) desk {
	t.Helper()
	e, err := bolt.Create(t.TempDir()+"/db", bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	keys, err := keyring.NewInMemory()
	if err != nil {
		t.Fatal(err)
	}
	return desk{t, e, keys}
}

// update runs fn in a transaction, and returns the first failure of the transaction.
func (d desk) update(fn func(*sealedkv.Tx)) (err error) {
	d.t.Helper()
	if failed := d.e.Update(d.t.Context(), func(kv kvdb.KV) error {
		tx := sealedkv.New(kv, d.keys, nil)
		fn(tx)
		err = tx.Err()
		return err
	}); failed != err {
		d.t.Fatal(failed)
	}
	return err
}

// gather runs fn on a snapshot, and collects the records that fn puts in b.
func (d desk) gather(b *sealedkv.RecordBatch, fn func(*sealedkv.Tx)) {
	d.t.Helper()
	if err := d.e.View(d.t.Context(), func(kv kvdb.KV) error {
		tx := sealedkv.New(kv, d.keys, b)
		fn(tx)
		return tx.Err()
	}); err != nil {
		d.t.Fatal(err)
	}
}

func mustCBORMode(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// has checks the record that a transaction finds under key.
func has(t *testing.T, tx *sealedkv.Tx, key, want string, there bool) {
	t.Helper()
	if got, found := sealedkv.Get[string](tx, key); got != want || found != there {
		t.Errorf("%s: got %q, %t, want %q, %t", key, got, found, want, there)
	}
}

// TestRecords checks that a record that was put can be read, also in the same transaction, and that the engine contains no
// plain text.
func TestRecords(t *testing.T) {
	d := newDesk(t)
	mustCBORMode(t, d.update(func(tx *sealedkv.Tx) {
		sealedkv.Put(tx, "a/1", "one")
		sealedkv.Put(tx, "a/2", "two")
		sealedkv.Put(tx, "ab/1", "other")
		has(t, tx, "a/1", "one", true)
	}))
	mustCBORMode(t, d.update(func(tx *sealedkv.Tx) {
		has(t, tx, "a/2", "two", true)
		has(t, tx, "a/3", "", false)
		if got := slices.Collect(sealedkv.Scan[string](tx, "a")); !slices.Equal(got, []string{"one", "two"}) {
			t.Errorf("scanned %q", got)
		}
		for key, record := range sealedkv.ScanAfter[string](tx, "a", "a/1") {
			if key != "a/2" || record != "two" {
				t.Errorf("after: %s, %q", key, record)
			}
		}
		for range sealedkv.Scan[string](tx, "a") {
			break
		}
		tx.Delete("a/1")
		has(t, tx, "a/1", "", false)
		if sealed, _ := tx.KV.Get("a/2"); len(sealed) == 0 || strings.Contains(string(sealed), "two") {
			t.Errorf("in the engine stands %q", sealed)
		}
	}))
}

// TestFailureSticks checks that the first failure of a transaction is its error, and that nothing is found or put after it.
func TestFailureSticks(t *testing.T) {
	d := newDesk(t)
	mustCBORMode(t, d.update(func(tx *sealedkv.Tx) {
		sealedkv.Put(tx, "a/1", "one")
		sealedkv.Put(tx, "b/2", "two")
		tx.KV.Put("b/1", []byte("not sealed"))
	}))
	first := errors.New("first")
	for name, test := range map[string]struct {
		fail func(tx *sealedkv.Tx)
		want string
	}{
		"told":      {func(tx *sealedkv.Tx) { tx.Fail(first); tx.Fail(errors.New("second")) }, "first"},
		"got":       {func(tx *sealedkv.Tx) { has(t, tx, "b/1", "", false) }, "unseal a record of b"},
		"of a type": {func(tx *sealedkv.Tx) { sealedkv.Get[int](tx, "a/1") }, "decode a record of a"},
		"scanned": {func(tx *sealedkv.Tx) {
			for range sealedkv.Scan[string](tx, "b") {
				t.Error("it yields what cannot be opened")
			}
		}, "unseal a record of b"},
		"put":         {func(tx *sealedkv.Tx) { sealedkv.Put(tx, "a/1", func() {}) }, "seal a record of a"},
		"in an index": {func(tx *sealedkv.Tx) { sealedkv.AddToIndex(tx, "b/1", "x") }, "unseal a record of b"},
	} {
		err := d.update(func(tx *sealedkv.Tx) {
			test.fail(tx)
			has(t, tx, "a/1", "", false)
			sealedkv.Put(tx, "a/9", "late")
		})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
	mustCBORMode(t, d.update(func(tx *sealedkv.Tx) { has(t, tx, "a/9", "", false) }))
}

// TestIndex checks that an id that was added is in the index once, in order, and that an id that was removed is not.
func TestIndex(t *testing.T) {
	d := newDesk(t)
	for _, step := range []struct {
		do   func(tx *sealedkv.Tx)
		want []int
	}{
		{func(tx *sealedkv.Tx) { sealedkv.RemoveFromIndex(tx, "a/1", 7) }, nil},
		{func(tx *sealedkv.Tx) { sealedkv.AddToIndex(tx, "a/1", 2) }, []int{2}},
		{func(tx *sealedkv.Tx) { sealedkv.AddToIndex(tx, "a/1", 1) }, []int{2, 1}},
		{func(tx *sealedkv.Tx) { sealedkv.AddToIndex(tx, "a/1", 2) }, []int{2, 1}},
		{func(tx *sealedkv.Tx) { sealedkv.RemoveFromIndex(tx, "a/1", 3) }, []int{2, 1}},
		{func(tx *sealedkv.Tx) { sealedkv.RemoveFromIndex(tx, "a/1", 2) }, []int{1}},
		{func(tx *sealedkv.Tx) { sealedkv.RemoveFromIndex(tx, "a/1", 1) }, nil},
	} {
		mustCBORMode(t, d.update(step.do))
		mustCBORMode(t, d.update(func(tx *sealedkv.Tx) {
			ids, found := sealedkv.Get[[]int](tx, "a/1")
			if !slices.Equal(ids, step.want) || found != (step.want != nil) {
				t.Errorf("got %d, %t, want %d", ids, found, step.want)
			}
		}))
	}
}

// taken returns the records of some tables that a batch has collected, as they would be written.
func (d desk) taken(b *sealedkv.RecordBatch, tables ...string) (all []string) {
	d.t.Helper()
	for entries, err := range b.SealedChunks(d.t.Context(), d.keys, tables) {
		mustCBORMode(d.t, err)
		for _, e := range entries {
			text := ""
			if e.Value != nil {
				var err error
				text, err = sealedkv.Decode[string](d.keys, e.Key, e.Value)
				mustCBORMode(d.t, err)
			}
			all = append(all, e.Key+": "+text)
		}
	}
	return all
}

// TestBatch checks that the records in a batch are visible to the transactions that collect them, and to no others until the
// batch is written.
func TestBatch(t *testing.T) {
	d := newDesk(t)
	mustCBORMode(t, d.update(func(tx *sealedkv.Tx) { sealedkv.Put(tx, "a/old", "old"); sealedkv.Put(tx, "a/gone", "gone") }))
	for _, watches := range []bool{false, true} {
		b := sealedkv.NewRecordBatch(spill.Place{}, watches)
		d.gather(b, func(tx *sealedkv.Tx) {
			sealedkv.Put(tx, "b/1", "one")
			sealedkv.Put(tx, "a/old", "new")
			sealedkv.Put(tx, "a/2", "two")
			tx.Delete("a/gone")
			has(t, tx, "a/old", "new", true)
			has(t, tx, "a/gone", "", false)
			has(t, tx, "b/1", "one", true)
		})
		mustCBORMode(t, d.update(func(tx *sealedkv.Tx) { has(t, tx, "a/old", "old", true); has(t, tx, "a/gone", "gone", true) }))
		want := []string{"b/1: one", "a/2: two", "a/gone: ", "a/old: new"}
		if got := d.taken(b, "b", "a"); !slices.Equal(got, want) {
			t.Errorf("took %v", got)
		}
		mustCBORMode(t, b.Close())
		if got := d.taken(b, "b", "a"); got != nil {
			t.Errorf("took %v of one that was closed", got)
		}
	}
	b := sealedkv.NewRecordBatch(spill.Place{}, false)
	d.gather(b, func(tx *sealedkv.Tx) { sealedkv.Put(tx, "a/1", "one"); sealedkv.Put(tx, "a/2", func() {}) })
	for entries, err := range b.SealedChunks(t.Context(), d.keys, []string{"a"}) {
		if err == nil {
			t.Errorf("what cannot be encoded is, as %v", entries)
		}
	}
}

// TestReplace checks that the records of a batch replace only the stored records that the batch saw.
func TestReplace(t *testing.T) {
	for name, test := range map[string]struct {
		meanwhile func(tx *sealedkv.Tx)
		unchanged bool
	}{
		"nothing":                {func(*sealedkv.Tx) {}, true},
		"another record":         {func(tx *sealedkv.Tx) { sealedkv.Put(tx, "a/9", "nine") }, true},
		"one that was replaced":  {func(tx *sealedkv.Tx) { sealedkv.Put(tx, "a/1", "theirs") }, false},
		"one that was got first": {func(tx *sealedkv.Tx) { sealedkv.Put(tx, "a/2", "theirs") }, false},
		"one that was deleted":   {func(tx *sealedkv.Tx) { tx.Delete("a/3") }, false},
		"one that was not there": {func(tx *sealedkv.Tx) { sealedkv.Put(tx, "a/4", "theirs") }, false},
		// The record is sealed again, so the batch cannot know that it is the same.
		"one, to the same as it is": {func(tx *sealedkv.Tx) { sealedkv.Put(tx, "a/1", "one") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			mustCBORMode(t, d.update(func(tx *sealedkv.Tx) {
				sealedkv.Put(tx, "a/1", "one")
				sealedkv.Put(tx, "a/2", "two")
				sealedkv.Put(tx, "a/3", "three")
			}))
			b := sealedkv.NewRecordBatch(spill.Place{}, true)
			defer b.Close()
			d.gather(b, func(tx *sealedkv.Tx) {
				sealedkv.Put(tx, "a/1", "new")
				sealedkv.Put(tx, "a/1", "newer") // The revision that the batch saw first is the one that counts.
				two, _ := sealedkv.Get[string](tx, "a/2")
				sealedkv.Put(tx, "a/2", two+"!")
				tx.Delete("a/3")
				sealedkv.Put(tx, "a/4", "four")
			})
			mustCBORMode(t, d.update(test.meanwhile))
			changed := errors.New("changed")
			err := d.update(func(tx *sealedkv.Tx) {
				for records, err := range b.RecordChunks([]string{"a"}, kvdb.MaxKeys) {
					if err != nil || !b.ReplaceIfUnchanged(tx, records) {
						tx.Fail(cmp.Or(err, changed))
					}
				}
			})
			if (err == nil) != test.unchanged {
				t.Fatal(err)
			}
			if err != nil {
				return
			}
			mustCBORMode(t, d.update(func(tx *sealedkv.Tx) {
				has(t, tx, "a/1", "newer", true)
				has(t, tx, "a/2", "two!", true)
				has(t, tx, "a/3", "", false)
				has(t, tx, "a/4", "four", true)
			}))
		})
	}
}
