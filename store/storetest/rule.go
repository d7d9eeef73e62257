package storetest

import (
	"context"
	"slices"
	"testing"

	"loket/store/kvdb"
)

// An engineRule is a sentence about engines and a function that checks it. The function gets an empty engine that nobody else uses.
type engineRule struct {
	sentence string
	check    func(t *testing.T, e kvdb.Engine)
}

// mustClose closes an engine, and fails the test on an error.
func mustClose(t testing.TB, e kvdb.Engine) {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// mustUpdate runs fn in an Update, and fails the test on an error.
func mustUpdate(t testing.TB, e kvdb.Engine, fn func(kvdb.KV)) {
	t.Helper()
	if err := e.Update(t.Context(), func(kv kvdb.KV) error { fn(kv); return nil }); err != nil {
		t.Errorf("update: %v", err)
	}
}

// mustView runs fn in a View, and fails the test on an error.
func mustView(t testing.TB, e kvdb.Engine, fn func(kvdb.KV)) {
	t.Helper()
	if err := e.View(t.Context(), func(kv kvdb.KV) error { fn(kv); return nil }); err != nil {
		t.Errorf("view: %v", err)
	}
}

// putKeys puts each key, with the key itself as its value.
func putKeys(t testing.TB, e kvdb.Engine, keys ...string) {
	t.Helper()
	mustUpdate(t, e, func(kv kvdb.KV) {
		for _, key := range keys {
			kv.Put(key, []byte(key))
		}
	})
}

// listEntries lists the entries under prefix, in the form key=value.
func listEntries(kv kvdb.KV, prefix string) (entries []string) {
	for key, value := range kv.Scan(prefix) {
		entries = append(entries, key+"="+string(value))
	}
	return entries
}

// checkStoredEntries checks that a new transaction finds exactly the wanted entries under prefix.
func checkStoredEntries(t testing.TB, e kvdb.Engine, prefix string, want ...string) {
	t.Helper()
	mustView(t, e, func(kv kvdb.KV) { checkEntryList(t, kv, prefix, want...) })
}

// checkEntryList checks that kv has exactly the wanted entries under prefix.
func checkEntryList(t testing.TB, kv kvdb.KV, prefix string, want ...string) {
	t.Helper()
	if got := listEntries(kv, prefix); !slices.Equal(got, want) {
		t.Errorf("under %q: got %q, want %q", prefix, got, want)
	}
}

// checkValue checks that kv has the wanted value at key.
func checkValue(t testing.TB, kv kvdb.KV, key, want string) {
	t.Helper()
	if got, found := kv.Get(key); !found || string(got) != want {
		t.Errorf("%q: got %q, %t, want %q", key, got, found, want)
	}
}

// checkAbsent checks that kv has no value at key.
func checkAbsent(t testing.TB, kv kvdb.KV, key string) {
	t.Helper()
	if got, found := kv.Get(key); found || got != nil {
		t.Errorf("%q: got %q, %t, want nothing", key, got, found)
	}
}

// transactionFuncs returns the two functions that run a transaction, by name.
func transactionFuncs(e kvdb.Engine) map[string]func(context.Context, func(kvdb.KV) error) error {
	return map[string]func(context.Context, func(kvdb.KV) error) error{"view": e.View, "update": e.Update}
}
