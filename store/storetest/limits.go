package storetest

import (
	"errors"
	"fmt"
	"testing"

	"loket/store/kvdb"
)

var limitRules = []engineRule{
	{"an update reads MaxKeys keys and no more", func(t *testing.T, e kvdb.Engine) {
		wantLimit(t, e, kvdb.MaxKeys, func(kv kvdb.KV, n int) { kv.Get(nthKey("a/", n)) })
	}},
	{"an update writes MaxKeys keys and no more", func(t *testing.T, e kvdb.Engine) {
		wantLimit(t, e, kvdb.MaxKeys, func(kv kvdb.KV, n int) { kv.Put(nthKey("a/", n), nil) })
		wantLimit(t, e, kvdb.MaxKeys, func(kv kvdb.KV, n int) { kv.Delete(nthKey("b/", n)) })
		mustView(t, e, func(kv kvdb.KV) {
			if got := len(listEntries(kv, "a/")); got != kvdb.MaxKeys {
				t.Errorf("%d keys were written, want %d", got, kvdb.MaxKeys)
			}
		})
	}},
	{"reads and writes are counted apart", func(t *testing.T, e kvdb.Engine) {
		mustUpdate(t, e, func(kv kvdb.KV) {
			for n := range kvdb.MaxKeys {
				kv.Get(nthKey("a/", n))
				kv.Put(nthKey("b/", n), nil)
			}
		})
	}},
	{"a scan counts for one, and for one with each key that it shows", func(t *testing.T, e kvdb.Engine) {
		if err := e.Load(t.Context(), numberedKeys("a/", kvdb.MaxKeys)); err != nil {
			t.Fatal(err)
		}
		wantLimit(t, e, kvdb.MaxKeys, func(kv kvdb.KV, n int) { listEntries(kv, nthKey("empty/", n)) })
		wantLimit(t, e, kvdb.MaxKeys/2, func(kv kvdb.KV, n int) { kv.Get(nthKey("empty/", n)); listEntries(kv, nthKey("empty/", n)) })
		for stop, fits := range map[int]bool{kvdb.MaxKeys - 1: true, kvdb.MaxKeys: false} {
			err := e.Update(t.Context(), func(kv kvdb.KV) error {
				seen := 0
				for range kv.Scan("a/") {
					if seen++; seen == stop {
						break
					}
				}
				return nil
			})
			if fits != (err == nil) {
				t.Errorf("%d keys: got error %v", stop, err)
			}
		}
	}},
	{"the same key counts once", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/2")
		mustUpdate(t, e, func(kv kvdb.KV) {
			for range 2 * kvdb.MaxKeys {
				kv.Get("a/1")
				listEntries(kv, "a/")
				kv.Put("a/1", []byte("x"))
				kv.Delete("a/1")
				kv.Put("b/own", nil)
				kv.Get("b/own")
			}
		})
	}},
	{"a view reads as much as it likes", func(t *testing.T, e kvdb.Engine) {
		const many = 10 * kvdb.MaxKeys
		if err := e.Load(t.Context(), numberedKeys("a/", many)); err != nil {
			t.Fatal(err)
		}
		mustView(t, e, func(kv kvdb.KV) {
			for n := range many {
				checkValue(t, kv, nthKey("a/", n), fmt.Sprint(n))
			}
			if got := len(listEntries(kv, "a/")); got != many {
				t.Errorf("saw %d keys, want %d", got, many)
			}
		})
	}},
}

// wantLimit checks that one transaction can use exactly the given number of different keys, and no more. The function use
// reads or writes the nth key.
func wantLimit(t *testing.T, e kvdb.Engine, most int, use func(kv kvdb.KV, n int)) {
	t.Helper()
	times := func(count int) error {
		return e.Update(t.Context(), func(kv kvdb.KV) error {
			for n := range count {
				use(kv, n)
			}
			return nil
		})
	}
	if err := times(most); err != nil {
		t.Errorf("%d keys: %v", most, err)
	}
	if err := times(most + 1); !errors.Is(err, kvdb.ErrTooLarge) {
		t.Errorf("%d keys: got error %v, want %v", most+1, err, kvdb.ErrTooLarge)
	}
}
