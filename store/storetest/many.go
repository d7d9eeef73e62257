package storetest

import (
	"fmt"
	"sync"
	"testing"

	"loket/store/kvdb"
)

var getManyRules = []engineRule{
	{"many keys are got at once, those that are not there too", func(t *testing.T, e kvdb.Engine) {
		var keys []string
		for n := range 3 * kvdb.MaxKeys / 2 {
			keys = append(keys, fmt.Sprintf("a/%03d", n))
		}
		mustUpdate(t, e, func(kv kvdb.KV) { kv.Put("a/empty", nil) })
		known := map[string]string{"a/000": "a/000", "a/001": "a/001", "a/empty": ""}
		putKeys(t, e, "a/000", "a/001")
		mustView(t, e, func(kv kvdb.KV) {
			var readers sync.WaitGroup
			for range 3 {
				readers.Go(func() { checkGetMany(t, kv, append(keys[:len(keys):len(keys)], "never/1", "a/empty", "a/000"), known) })
			}
			checkValue(t, kv, "a/000", "a/000")
			readers.Wait()
			if got := kv.GetMany(nil); len(got) > 0 {
				t.Errorf("got %q of no keys", got)
			}
		})
	}},
	{"a transaction gets many of its own", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/2")
		mustUpdate(t, e, func(kv kvdb.KV) {
			checkGetMany(t, kv, []string{"a/1", "a/3"}, map[string]string{"a/1": "a/1"})
			kv.Put("a/3", []byte("new"))
			kv.Delete("a/1")
			checkGetMany(t, kv, []string{"a/1", "a/2", "a/3"}, map[string]string{"a/2": "a/2", "a/3": "new"})
		})
	}},
	{"a key without a table fails among many", func(t *testing.T, e kvdb.Engine) {
		if err := e.View(t.Context(), func(kv kvdb.KV) error { kv.GetMany([]string{"a/1", "a"}); return nil }); err == nil {
			t.Error("no error")
		}
	}},
	{"an update gets no more than it may", func(t *testing.T, e kvdb.Engine) {
		keys := make([]string, kvdb.MaxKeys+1)
		for n := range keys {
			keys[n] = fmt.Sprintf("a/%03d", n)
		}
		if err := e.Update(t.Context(), func(kv kvdb.KV) error { kv.GetMany(keys); return nil }); err == nil {
			t.Error("no error")
		}
	}},
}

// checkGetMany checks that GetMany returns the known values of keys, and nil for the keys that are not in known.
func checkGetMany(t *testing.T, kv kvdb.KV, keys []string, known map[string]string) {
	t.Helper()
	values := kv.GetMany(keys)
	if len(values) != len(keys) {
		t.Errorf("got %d values of %d keys", len(values), len(keys))
		return
	}
	for i, key := range keys {
		if want, found := known[key]; string(values[i]) != want || (values[i] != nil) != found {
			t.Errorf("%s: got %q, want %q", key, values[i], want)
		}
	}
}
