package overlay_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"loket/store/kvdb"
	"loket/store/overlay"
)

// stored is the stored data of an engine.
type stored map[string]string

func (s stored) FindStored(key string) ([]byte, bool) {
	value, found := s[key]
	return []byte(value), found
}

func (s stored) FindMany(keys []string) [][]byte {
	values := make([][]byte, len(keys))
	for i, key := range keys {
		if value, found := s[key]; found {
			values[i] = []byte(value)
		}
	}
	return values
}

func (s stored) StoredAfter(prefix, after string) iter.Seq[kvdb.Entry] {
	return func(yield func(kvdb.Entry) bool) {
		for _, key := range slices.Sorted(maps.Keys(s)) {
			if strings.HasPrefix(key, prefix) && key > after && !yield(kvdb.Entry{Key: key, Value: []byte(s[key])}) {
				return
			}
		}
	}
}

func update(s stored) *overlay.Transaction {
	return &overlay.Transaction{Context: context.Background(), Stored: s, CheckWrite: func(kvdb.Entry) error { return nil }, Writes: overlay.UncommittedWrites{}}
}

// TestOverlay checks that the writes of a transaction hide the stored entries with the same keys.
func TestOverlay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		keys := rapid.SampledFrom([]string{"a/1", "a/2", "a/3", "a/4", "ab/1", "b/1"})
		s := stored(rapid.MapOfN(keys, rapid.StringN(0, 2, 10), 0, 6).Draw(r, "stored"))
		want := maps.Clone(map[string]string(s))
		tx := update(s)
		for n := range rapid.IntRange(0, 8).Draw(r, "writes") {
			key := keys.Draw(r, "key")
			if rapid.Bool().Draw(r, "deletes") {
				tx.Delete(key)
				delete(want, key)
			} else {
				tx.Put(key, []byte(fmt.Sprint(n)))
				want[key] = fmt.Sprint(n)
			}
		}
		after := rapid.SampledFrom([]string{"", "a/0", "a/2", "a/4"}).Draw(r, "after")
		got := map[string]string{}
		last := ""
		for key, value := range tx.ScanAfter("a/", after) {
			if key <= last {
				r.Errorf("%q comes after %q", key, last)
			}
			got[key], last = string(value), key
		}
		for key, value := range want {
			if _, shown := got[key]; shown != (strings.HasPrefix(key, "a/") && key > after) || shown && got[key] != value {
				r.Errorf("%q: shown %t as %q, want %q", key, shown, got[key], value)
			}
			if v, found := tx.Get(key); !found || string(v) != value {
				r.Errorf("get %q: %q, %t", key, v, found)
			}
		}
		for key := range got {
			if _, is := want[key]; !is {
				r.Errorf("%q is shown", key)
			}
			if shown := slices.Collect(maps.Keys(maps.Collect(tx.Scan(key)))); len(shown) != 1 {
				r.Errorf("scan of %q: %q", key, shown)
			}
		}
	})
}

// TestLeftOff checks that a loop can stop early, at an own write and at a stored entry.
func TestLeftOff(t *testing.T) {
	tx := update(stored{"a/2": "", "a/4": ""})
	for _, own := range []string{"a/1", "a/3", "a/5"} {
		tx.Put(own, nil)
	}
	for most := 1; most <= 5; most++ {
		n := 0
		for range tx.Scan("a/") {
			if n++; n == most {
				break
			}
		}
		if n != most {
			t.Errorf("left off at %d of %d", n, most)
		}
	}
}

// TestOwnSlices checks that the transaction shares no slices with its caller.
func TestOwnSlices(t *testing.T) {
	tx := update(stored{})
	value := []byte("value")
	tx.Put("a/1", value)
	value[0] = 'x'
	got, _ := tx.Get("a/1")
	got[1] = 'x'
	for _, scanned := range tx.Scan("a/") {
		scanned[2] = 'x'
	}
	if again, _ := tx.Get("a/1"); !bytes.Equal(again, []byte("value")) {
		t.Errorf("it is %q", again)
	}
	tx.Put("a/2", nil)
	if empty, found := tx.Get("a/2"); !found || len(empty) > 0 {
		t.Errorf("an empty value: %q, %t", empty, found)
	}
}

// TestFailures checks that the first failure of a transaction is its error, and that nothing happens after it.
func TestFailures(t *testing.T) {
	refused, failed := errors.New("refused"), errors.New("failed")
	over, cancel := context.WithCancel(context.Background())
	cancel()
	for name, test := range map[string]struct {
		prepare func(*overlay.Transaction)
		run     func(kvdb.KV) error
		want    error
	}{
		"nothing":            {nil, func(kvdb.KV) error { return nil }, nil},
		"of the caller":      {nil, func(kvdb.KV) error { return failed }, failed},
		"read-only":          {func(tx *overlay.Transaction) { tx.Writes = nil }, func(kv kvdb.KV) error { kv.Put("a/1", nil); return failed }, kvdb.ErrReadOnly},
		"refused":            {func(tx *overlay.Transaction) { tx.CheckWrite = func(kvdb.Entry) error { return refused } }, func(kv kvdb.KV) error { kv.Delete("a/1"); return failed }, refused},
		"over":               {func(tx *overlay.Transaction) { tx.Context = over }, func(kvdb.KV) error { t.Error("it runs"); return nil }, context.Canceled},
		"as much as it may":  {nil, func(kv kvdb.KV) error { puts(kv, kvdb.MaxKeys); puts(kv, kvdb.MaxKeys); return nil }, nil},
		"more than it may":   {nil, func(kv kvdb.KV) error { puts(kv, kvdb.MaxKeys+1); return nil }, kvdb.ErrTooLarge},
		"told by the engine": {nil, func(kv kvdb.KV) error { kv.(*overlay.Transaction).Fail(refused); return failed }, refused},
	} {
		tx := update(stored{"a/1": "one"})
		if test.prepare != nil {
			test.prepare(tx)
		}
		if err := tx.Run(test.run); !errors.Is(err, test.want) || err != tx.Err() {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
		if _, found := tx.Get("a/1"); found != (test.want == nil) {
			t.Errorf("%s: found %t after it", name, found)
		}
		shown := 0
		for range tx.Scan("a/1") {
			shown++
		}
		if (shown > 0) != (test.want == nil) {
			t.Errorf("%s: shown %d after it", name, shown)
		}
		wrote := len(tx.Writes)
		if tx.Delete("a/late"); test.want != nil && len(tx.Writes) > wrote {
			t.Errorf("%s: written to after it", name)
		}
	}
}

func puts(kv kvdb.KV, count int) {
	for n := range count {
		kv.Put(fmt.Sprintf("a/%03d", n), nil)
	}
}
