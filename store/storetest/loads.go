package storetest

import (
	"strconv"
	"testing"

	"loket/store/kvdb"
)

var loadRules = []engineRule{
	{"is there afterwards, in order", func(t *testing.T, e kvdb.Engine) {
		const many = 5000
		if err := e.Load(t.Context(), numberedKeys("a/", many)); err != nil {
			t.Fatal(err)
		}
		mustView(t, e, func(kv kvdb.KV) {
			next := 0
			for k, value := range kv.Scan("a/") {
				if k != nthKey("a/", next) || string(value) != strconv.Itoa(next) {
					t.Fatalf("found %q=%q at place %d", k, value, next)
				}
				next++
			}
			if next != many {
				t.Errorf("found %d, want %d", next, many)
			}
		})
	}},
	{"is open to updates afterwards", func(t *testing.T, e kvdb.Engine) {
		if err := e.Load(t.Context(), numberedKeys("a/", 1000)); err != nil {
			t.Fatal(err)
		}
		mustUpdate(t, e, func(kv kvdb.KV) {
			kv.Delete(nthKey("a/", 500))
			kv.Put(nthKey("a/", 501), []byte("changed"))
			kv.Put(nthKey("a/", 501)+"+", []byte("added"))
		})
		checkStoredEntries(t, e, "a/0000050", "a/00000501=changed", "a/00000501+=added", "a/00000502=502", "a/00000503=503",
			"a/00000504=504", "a/00000505=505", "a/00000506=506", "a/00000507=507", "a/00000508=508", "a/00000509=509")
	}},
	{"adds to what is there, and replaces it", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, nthKey("a/", 1), nthKey("a/", 3))
		if err := e.Load(t.Context(), numberedKeys("a/", 3)); err != nil {
			t.Fatal(err)
		}
		checkStoredEntries(t, e, "a/", "a/00000000=0", "a/00000001=1", "a/00000002=2", "a/00000003=a/00000003")
	}},
	{"deletes the keys that come with nil", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/3", "a/4")
		if err := e.Load(t.Context(), func(yield func(string, []byte) bool) {
			_ = yield("a/1", nil) && yield("a/2", nil) && yield("a/3", []byte{}) && yield("never/1", nil)
		}); err != nil {
			t.Fatal(err)
		}
		checkStoredEntries(t, e, "a/", "a/3=", "a/4=a/4")
		checkStoredEntries(t, e, "never/")
	}},
	{"takes several tables at once", func(t *testing.T, e kvdb.Engine) {
		if err := e.Load(t.Context(), func(yield func(string, []byte) bool) {
			for n := range 3 {
				for _, table := range []string{"b/", "a/"} {
					if !yield(nthKey(table, n), []byte{}) {
						return
					}
				}
			}
		}); err != nil {
			t.Fatal(err)
		}
		checkStoredEntries(t, e, "a/", "a/00000000=", "a/00000001=", "a/00000002=")
		checkStoredEntries(t, e, "b/", "b/00000000=", "b/00000001=", "b/00000002=")
	}},
	{"may be of nothing", func(t *testing.T, e kvdb.Engine) {
		if err := e.Load(t.Context(), numberedKeys("a/", 0)); err != nil {
			t.Error(err)
		}
	}},
	{"keeps no hold of the values", func(t *testing.T, e kvdb.Engine) {
		if err := e.Load(t.Context(), func(yield func(string, []byte) bool) {
			var value []byte
			for n := range 3 {
				value = strconv.AppendInt(value[:0], int64(n), 10)
				if !yield(nthKey("a/", n), value) {
					return
				}
			}
		}); err != nil {
			t.Fatal(err)
		}
		checkStoredEntries(t, e, "a/", "a/00000000=0", "a/00000001=1", "a/00000002=2")
	}},
	{"refuses a key without a table", func(t *testing.T, e kvdb.Engine) {
		if err := e.Load(t.Context(), func(yield func(string, []byte) bool) { yield("no table", nil) }); err == nil {
			t.Error("no error")
		}
	}},
	{"leaves the updates beside it whole", func(t *testing.T, e kvdb.Engine) {
		loaded := make(chan error)
		go func() { loaded <- e.Load(t.Context(), numberedKeys("a/", 5000)) }()
		for n := range raceRounds {
			putKeys(t, e, nthKey("b/", n))
		}
		if err := <-loaded; err != nil {
			t.Error(err)
		}
		mustView(t, e, func(kv kvdb.KV) {
			if a, b := len(listEntries(kv, "a/")), len(listEntries(kv, "b/")); a != 5000 || b != raceRounds {
				t.Errorf("found %d and %d, want 5000 and %d", a, b, raceRounds)
			}
		})
	}},
}
