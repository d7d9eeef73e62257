package storetest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"

	"loket/store/kvdb"
)

type putFunc = func(key string, value []byte) error

var replaceRules = []engineRule{
	{"is all that there is afterwards", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/3", "b/1", "gone/1")
		replaceAll(t, e, "a/1=new", "a/2=", "c/1=c")
		checkStoredEntries(t, e, "a/", "a/1=new", "a/2=")
		checkStoredEntries(t, e, "b/")
		checkStoredEntries(t, e, "c/", "c/1=c")
		checkStoredEntries(t, e, "gone/")
	}},
	{"takes many", func(t *testing.T, e kvdb.Engine) {
		const many = 50_000
		putKeys(t, e, "b/1")
		if err := e.Replace(t.Context(), func(put putFunc) error {
			for n := range many {
				if err := put(nthKey("a/", n), strconv.AppendInt(nil, int64(n), 10)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
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
		checkStoredEntries(t, e, "b/")
	}},
	{"may be by nothing", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1")
		replaceAll(t, e)
		checkStoredEntries(t, e, "a/")
	}},
	{"may be done again, and be followed by anything", func(t *testing.T, e kvdb.Engine) {
		for n := range 3 {
			replaceAll(t, e, fmt.Sprint("a/", n, "=", n), "b/1=b")
			mustUpdate(t, e, func(kv kvdb.KV) { kv.Delete("b/1"); kv.Put("c/1", nil) })
			tryScrub(t, e)
			if err := e.Load(t.Context(), numberedKeys("d/", 2)); err != nil {
				t.Error(err)
			}
			checkStoredEntries(t, e, "a/", fmt.Sprint("a/", n, "=", n))
			checkStoredEntries(t, e, "b/")
			checkStoredEntries(t, e, "c/", "c/1=")
			checkStoredEntries(t, e, "d/", "d/00000000=0", "d/00000001=1")
		}
	}},
	{"keeps no hold of the values", func(t *testing.T, e kvdb.Engine) {
		if err := e.Replace(t.Context(), func(put putFunc) error {
			value := []byte("0")
			for n := range 3 {
				value = strconv.AppendInt(value[:0], int64(n), 10)
				if err := put(nthKey("a/", n), value); err != nil {
					return err
				}
			}
			return put("a/nil", nil)
		}); err != nil {
			t.Fatal(err)
		}
		checkStoredEntries(t, e, "a/", "a/00000000=0", "a/00000001=1", "a/00000002=2", "a/nil=")
	}},
	{"changes nothing when its entries fail", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "b/1")
		ctx, cancel := context.WithCancel(t.Context())
		for name, test := range map[string]struct {
			fill func(putFunc) error
			want error
		}{
			"at once":         {func(putFunc) error { return errRefused }, errRefused},
			"after some":      {func(put putFunc) error { return errors.Join(put("a/2", nil), errRefused) }, errRefused},
			"after many":      {func(put putFunc) error { return errors.Join(putMany(put, 50_000), errRefused) }, errRefused},
			"by a bad key":    {func(put putFunc) error { return errors.Join(put("a/2", nil), put("a", nil)) }, nil},
			"unnoticed":       {func(put putFunc) error { put("a/2", nil); put("a", nil); put("a/3", nil); return nil }, nil},
			"with a context":  {func(put putFunc) error { cancel(); return putMany(put, 50_000) }, context.Canceled},
			"with one, small": {func(put putFunc) error { cancel(); return put("a/2", nil) }, context.Canceled},
		} {
			if err := e.Replace(ctx, test.fill); err == nil || test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("%s: got error %v, want %v", name, err, test.want)
			}
			if ctx.Err() != nil {
				ctx, cancel = context.WithCancel(t.Context())
			}
		}
		cancel()
		checkStoredEntries(t, e, "a/", "a/1=a/1")
		checkStoredEntries(t, e, "b/", "b/1=b/1")
		replaceAll(t, e, "a/2=2")
		checkStoredEntries(t, e, "a/", "a/2=2")
	}},
	{"changes nothing when its entries panic", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1")
		func() {
			defer func() {
				if p := recover(); p != errRefused {
					t.Errorf("recovered %v, want what it panicked with", p)
				}
			}()
			e.Replace(t.Context(), func(put putFunc) error { put("a/2", nil); panic(errRefused) })
		}()
		checkStoredEntries(t, e, "a/", "a/1=a/1")
		putKeys(t, e, "a/3")
		replaceAll(t, e, "a/2=2")
		checkStoredEntries(t, e, "a/", "a/2=2")
	}},
	{"leaves a view its snapshot", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/2")
		mustView(t, e, func(kv kvdb.KV) {
			checkValue(t, kv, "a/1", "a/1")
			replaced := make(chan bool)
			go func() {
				defer close(replaced)
				replaceAll(t, e, "a/1=new", "b/1=new")
			}()
			<-replaced
			checkEntryList(t, kv, "a/", "a/1=a/1", "a/2=a/2")
			checkEntryList(t, kv, "b/")
		})
		checkStoredEntries(t, e, "a/", "a/1=new")
	}},
	{"is seen by others whole or not at all", checkReplaceAtomic},
}

// replaceAll replaces all entries of e. Each new entry has the form key=value.
func replaceAll(t testing.TB, e kvdb.Engine, entries ...string) {
	t.Helper()
	if err := e.Replace(t.Context(), func(put putFunc) error { return putAll(put, entries) }); err != nil {
		t.Errorf("replace: %v", err)
	}
}

func putAll(put putFunc, entries []string) error {
	for _, e := range entries {
		key, value, _ := strings.Cut(e, "=")
		if err := put(key, []byte(value)); err != nil {
			return err
		}
	}
	return nil
}

func putMany(put putFunc, many int) error {
	for n := range many {
		if err := put(nthKey("a/", n), []byte("a value that takes some room")); err != nil {
			return err
		}
	}
	return nil
}

// checkReplaceAtomic runs readers and writers during replacements. At any time all keys must have the same generation, which
// no writer changes, and a writer must find its own writes only in the generation in which it wrote them.
func checkReplaceAtomic(t *testing.T, e kvdb.Engine) {
	const keys = 100
	generation := func(n int) func(put putFunc) error {
		return func(put putFunc) error {
			for k := range keys {
				if err := put(nthKey("a/", k), []byte(strconv.Itoa(n))); err != nil {
					return err
				}
			}
			return nil
		}
	}
	if err := e.Replace(t.Context(), generation(0)); err != nil {
		t.Fatal(err)
	}
	var others sync.WaitGroup
	done := make(chan bool)
	whole := func(kv kvdb.KV) (at string) {
		seen := 0
		for _, value := range kv.Scan("a/") {
			if seen++; seen > 1 && string(value) != at {
				t.Errorf("saw %s and %s in one transaction", at, value)
			}
			at = string(value)
		}
		if seen != keys {
			t.Errorf("saw %d of %d keys", seen, keys)
		}
		return at
	}
	for worker := range 2 {
		others.Go(func() {
			for running := true; running; {
				select {
				case <-done:
					running = false // The loop runs once more, in the last generation.
				default:
				}
				mustView(t, e, func(kv kvdb.KV) { whole(kv) })
				mustUpdate(t, e, func(kv kvdb.KV) {
					at, mine := whole(kv), fmt.Sprint("b/", worker)
					if last, found := kv.Get(mine); found && string(last) != at {
						t.Errorf("what was written at %s is there at %s", last, at)
					}
					kv.Put(mine, []byte(at))
				})
			}
		})
	}
	for n := range raceRounds {
		if err := e.Replace(t.Context(), generation(n+1)); err != nil {
			t.Error(err)
		}
	}
	close(done)
	others.Wait()
	mustView(t, e, func(kv kvdb.KV) { checkValue(t, kv, nthKey("a/", 0), strconv.Itoa(raceRounds)) })
}
