package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"loket/store/kvdb"
)

var scanRules = []engineRule{
	{"is in the order of bytes and keeps to its prefix", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/\xff\xff", "b/1", "a/10", "a/2", "a/\x00", "aa/1", "a/\xff", "a/1", "A/1")
		for prefix, keys := range map[string][]string{
			"a/":     {"a/\x00", "a/1", "a/10", "a/2", "a/\xff", "a/\xff\xff"},
			"a/1":    {"a/1", "a/10"},
			"a/\xff": {"a/\xff", "a/\xff\xff"},
			"a/3":    nil,
			"aa/":    {"aa/1"},
			"b/1":    {"b/1"},
			"never/": nil,
		} {
			var want []string
			for _, key := range keys {
				want = append(want, key+"="+key)
			}
			checkStoredEntries(t, e, prefix, want...)
			mustUpdate(t, e, func(kv kvdb.KV) { checkEntryList(t, kv, prefix, want...) })
		}
	}},
	{"goes on after a key, whether that is there or not", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/10", "a/2", "a/\xff", "b/1")
		for _, scan := range []struct {
			prefix, after string
			want          []string
		}{
			{"a/", "", []string{"a/1", "a/10", "a/2", "a/3", "a/\xff"}},
			{"a/", "a/", []string{"a/1", "a/10", "a/2", "a/3", "a/\xff"}},
			{"a/", "A/1", []string{"a/1", "a/10", "a/2", "a/3", "a/\xff"}},
			{"a/", "a/1", []string{"a/10", "a/2", "a/3", "a/\xff"}},
			{"a/", "a/11", []string{"a/2", "a/3", "a/\xff"}},
			{"a/", "a/2", []string{"a/3", "a/\xff"}},
			{"a/", "a/3", []string{"a/\xff"}},
			{"a/", "a/\xff", nil},
			{"a/", "b/", nil},
			{"a/1", "a/1", []string{"a/10"}},
			{"a/1", "a/2", nil},
			{"a/2", "a/1", []string{"a/2"}},
		} {
			mustUpdate(t, e, func(kv kvdb.KV) {
				kv.Put("a/3", []byte("own"))
				kv.Put("a/11", []byte("own, and gone"))
				kv.Delete("a/11")
				var got []string
				for key := range kv.ScanAfter(scan.prefix, scan.after) {
					got = append(got, key)
				}
				if !slices.Equal(got, scan.want) {
					t.Errorf("%q after %q: got %q, want %q", scan.prefix, scan.after, got, scan.want)
				}
			})
		}
	}},
	{"shows the transaction's own writes in their place", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/2", "a/4", "a/6", "a/8")
		mustUpdate(t, e, func(kv kvdb.KV) {
			kv.Put("a/1", []byte("before"))
			kv.Put("a/4", []byte("instead"))
			kv.Put("a/5", []byte("between"))
			kv.Delete("a/6")
			kv.Put("a/9", []byte("after"))
			kv.Put("aa/1", []byte("elsewhere"))
			checkEntryList(t, kv, "a/", "a/1=before", "a/2=a/2", "a/4=instead", "a/5=between", "a/8=a/8", "a/9=after")
			checkEntryList(t, kv, "a/5", "a/5=between")
			checkEntryList(t, kv, "a/6")
		})
		checkStoredEntries(t, e, "a/", "a/1=before", "a/2=a/2", "a/4=instead", "a/5=between", "a/8=a/8", "a/9=after")
	}},
	{"does not show what its own loop writes", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/2", "a/3")
		mustUpdate(t, e, func(kv kvdb.KV) {
			var seen []string
			for key, value := range kv.Scan("a/") {
				seen = append(seen, key+"="+string(value))
				kv.Put("a/2", []byte("changed"))
				kv.Delete("a/3")
				kv.Put("a/4", []byte("added"))
			}
			if got := fmt.Sprint(seen); got != "[a/1=a/1 a/2=a/2 a/3=a/3]" {
				t.Errorf("the loop saw %s", got)
			}
		})
		checkStoredEntries(t, e, "a/", "a/1=a/1", "a/2=changed", "a/4=added")
	}},
	{"may delete all that it sees", func(t *testing.T, e kvdb.Engine) {
		mustUpdate(t, e, func(kv kvdb.KV) {
			for n := range 50 {
				kv.Put(fmt.Sprintf("a/%02d", n), []byte(strings.Repeat("v", 300)))
			}
		})
		mustUpdate(t, e, func(kv kvdb.KV) {
			seen := 0
			for key := range kv.Scan("a/") {
				kv.Delete(key)
				seen++
			}
			if seen != 50 {
				t.Errorf("saw %d of 50 while deleting them", seen)
			}
			checkEntryList(t, kv, "a/")
		})
		checkStoredEntries(t, e, "a/")
	}},
	{"begins anew each time it is ranged over", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/2")
		mustUpdate(t, e, func(kv kvdb.KV) {
			scan := kv.Scan("a/")
			for range 2 {
				for key := range scan {
					if key != "a/1" {
						t.Errorf("began at %q", key)
					}
					break
				}
			}
			kv.Delete("a/1")
			for key := range scan {
				if key != "a/2" {
					t.Errorf("showed %q", key)
				}
			}
		})
	}},
	{"ends with its loop, wherever that is", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/2", "a/4")
		mustUpdate(t, e, func(kv kvdb.KV) {
			kv.Put("a/1", nil)
			kv.Put("a/3", nil)
			kv.Put("a/5", nil)
			for stop := range 5 {
				seen := 0
				for range kv.Scan("a/") {
					if seen++; seen > stop {
						break
					}
				}
				if seen != stop+1 {
					t.Errorf("went on to %d keys, want %d", seen, stop+1)
				}
			}
		})
	}},
	{"within a scan sees the same", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/2")
		for name, run := range transactionFuncs(e) {
			var pairs []string
			if err := run(t.Context(), func(kv kvdb.KV) error {
				pairs = nil
				for outer := range kv.Scan("a/") {
					for inner := range kv.Scan("a/") {
						pairs = append(pairs, outer+inner)
					}
				}
				return nil
			}); err != nil {
				t.Error(err)
			}
			if got := fmt.Sprint(pairs); got != "[a/1a/1 a/1a/2 a/2a/1 a/2a/2]" {
				t.Errorf("%s: %s", name, got)
			}
		}
	}},
}
