package storetest

import (
	"context"
	"errors"
	"testing"

	"loket/store/kvdb"
)

var failureRules = []engineRule{
	{"sticks: nothing is read after it, and nothing written", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1")
		for name, run := range transactionFuncs(e) {
			err := run(t.Context(), func(kv kvdb.KV) error {
				kv.Get("no table")
				checkAbsent(t, kv, "a/1")
				checkEntryList(t, kv, "a/")
				kv.Put("a/2", nil)
				return nil
			})
			if err == nil || errors.Is(err, kvdb.ErrReadOnly) {
				t.Errorf("%s: got error %v, want the first", name, err)
			}
		}
		checkStoredEntries(t, e, "a/", "a/1=a/1")
	}},
	{"ends the scans that are under way", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/2")
		seen := 0
		if err := e.View(t.Context(), func(kv kvdb.KV) error {
			for range kv.Scan("a/") {
				seen++
				kv.Put("a/1", nil)
			}
			return nil
		}); !errors.Is(err, kvdb.ErrReadOnly) {
			t.Error(err)
		}
		if seen != 1 {
			t.Errorf("saw %d keys, want 1", seen)
		}
	}},
	{"outranks what the transaction returns", func(t *testing.T, e kvdb.Engine) {
		if err := e.View(t.Context(), func(kv kvdb.KV) error {
			kv.Put("a/1", nil)
			return errRefused
		}); !errors.Is(err, kvdb.ErrReadOnly) {
			t.Errorf("got error %v, want %v", err, kvdb.ErrReadOnly)
		}
	}},
	{"of a context comes before anything is run", func(t *testing.T, e kvdb.Engine) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for name, run := range transactionFuncs(e) {
			if err := run(ctx, func(kvdb.KV) error { t.Errorf("%s: ran", name); return nil }); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: got error %v, want %v", name, err, context.Canceled)
			}
		}
		if err := e.Load(ctx, numberedKeys("a/", 3)); !errors.Is(err, context.Canceled) {
			t.Errorf("load: got error %v, want %v", err, context.Canceled)
		}
		checkStoredEntries(t, e, "a/")
	}},
	{"of a context in mid-transaction undoes it", func(t *testing.T, e kvdb.Engine) {
		putKeys(t, e, "a/1", "a/2")
		for name, run := range transactionFuncs(e) {
			ctx, cancel := context.WithCancel(t.Context())
			seen := 0
			err := run(ctx, func(kv kvdb.KV) error {
				for key := range kv.Scan("a/") {
					seen++
					cancel()
					if name == "update" {
						kv.Delete(key)
					}
				}
				return nil
			})
			if !errors.Is(err, context.Canceled) || seen != 1 {
				t.Errorf("%s: got error %v after %d keys, want %v after 1", name, err, seen, context.Canceled)
			}
		}
		checkStoredEntries(t, e, "a/", "a/1=a/1", "a/2=a/2")
	}},
	{"by panic reaches the caller and nobody else", func(t *testing.T, e kvdb.Engine) {
		for name, run := range transactionFuncs(e) {
			func() {
				defer func() {
					if p := recover(); p != errRefused {
						t.Errorf("%s: recovered %v, want what the transaction panicked with", name, p)
					}
				}()
				run(t.Context(), func(kv kvdb.KV) error {
					if name == "update" {
						kv.Put("a/1", nil)
					}
					panic(errRefused)
				})
			}()
		}
		checkStoredEntries(t, e, "a/")
		putKeys(t, e, "a/2")
		checkStoredEntries(t, e, "a/", "a/2=a/2")
	}},
}
