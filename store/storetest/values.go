package storetest

import (
	"runtime"
	"strings"
	"testing"

	"loket/store/kvdb"
)

var valueRules = []engineRule{
	{"a put replaces, a delete removes", func(t *testing.T, e kvdb.Engine) {
		mustUpdate(t, e, func(kv kvdb.KV) { kv.Put("a/1", []byte("x")) })
		checkStoredEntries(t, e, "a/", "a/1=x")
		mustUpdate(t, e, func(kv kvdb.KV) { kv.Put("a/1", []byte("y")) })
		checkStoredEntries(t, e, "a/", "a/1=y")
		mustUpdate(t, e, func(kv kvdb.KV) { kv.Delete("a/1") })
		checkStoredEntries(t, e, "a/")
		mustView(t, e, func(kv kvdb.KV) { checkAbsent(t, kv, "a/1") })
	}},
	{"deleting what is absent does nothing", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1")
		mustUpdate(t, e, func(kv kvdb.KV) { kv.Delete("a/2"); kv.Delete("never/1") })
		checkStoredEntries(t, e, "a/", "a/1=a/1")
	}},
	{"a key after its table is any bytes", func(t *testing.T, e kvdb.Engine) {
		keys := []string{"a/\x00", "a//", "a/b/c", "a/\xff\xfe", "a/" + strings.Repeat("long", 100)}
		putKeys(t, e, keys...)
		mustView(t, e, func(kv kvdb.KV) {
			for _, key := range keys {
				checkValue(t, kv, key, key)
			}
		})
	}},
	{"a key without a table fails", func(t *testing.T, e kvdb.Engine) {
		for _, key := range []string{"", "a", "/a"} {
			for name, use := range map[string]func(kvdb.KV){
				"get":    func(kv kvdb.KV) { kv.Get(key) },
				"scan":   func(kv kvdb.KV) { listEntries(kv, key) },
				"put":    func(kv kvdb.KV) { kv.Put(key, nil) },
				"delete": func(kv kvdb.KV) { kv.Delete(key) },
			} {
				if err := e.Update(t.Context(), func(kv kvdb.KV) error { use(kv); return nil }); err == nil {
					t.Errorf("%s %q: no error", name, key)
				}
			}
		}
	}},
	{"nothing can be put at a table itself", func(t *testing.T, e kvdb.Engine) {
		if err := e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("a/", nil); return nil }); err == nil {
			t.Error("no error")
		}
	}},
	{"an empty value differs from absence", func(t *testing.T, e kvdb.Engine) {
		mustUpdate(t, e, func(kv kvdb.KV) {
			kv.Put("a/nil", nil)
			kv.Put("a/empty", []byte{})
			checkValue(t, kv, "a/nil", "")
		})
		mustView(t, e, func(kv kvdb.KV) {
			checkValue(t, kv, "a/nil", "")
			checkValue(t, kv, "a/empty", "")
			checkAbsent(t, kv, "a/missing")
			checkAbsent(t, kv, "never/missing")
			checkEntryList(t, kv, "a/", "a/empty=", "a/nil=")
		})
	}},
	{"a value outlives its transaction", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1")
		var got, scanned []byte
		mustView(t, e, func(kv kvdb.KV) {
			got, _ = kv.Get("a/1")
			for _, scanned = range kv.Scan("a/") {
			}
		})
		for range 20 {
			mustUpdate(t, e, func(kv kvdb.KV) { kv.Put("a/1", []byte("other")) })
		}
		runtime.GC()
		if string(got) != "a/1" || string(scanned) != "a/1" {
			t.Errorf("became %q, %q", got, scanned)
		}
	}},
	{"a value that was read is the caller's own", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1")
		mustUpdate(t, e, func(kv kvdb.KV) {
			kv.Put("a/2", []byte("a/2"))
			for _, key := range []string{"a/1", "a/2"} {
				value, _ := kv.Get(key)
				clear(value)
			}
			for _, value := range kv.Scan("a/") {
				clear(value)
			}
			checkEntryList(t, kv, "a/", "a/1=a/1", "a/2=a/2")
		})
		checkStoredEntries(t, e, "a/", "a/1=a/1", "a/2=a/2")
	}},
	{"a value that was put stays the caller's own", func(t *testing.T, e kvdb.Engine) {
		mustUpdate(t, e, func(kv kvdb.KV) {
			value := []byte("before")
			kv.Put("a/1", value)
			clear(value)
			checkValue(t, kv, "a/1", "before")
		})
		checkStoredEntries(t, e, "a/", "a/1=before")
	}},
}
