package storetest

import (
	"context"
	"slices"
	"testing"

	"loket/store/kvdb"
)

// A rule is a sentence about engines and a check of it. The check gets an empty engine e
// that has no other users.
type rule struct {
	sentence string
	check    func(t *testing.T, e kvdb.Engine)
}

// mustClose closes an engine, which must succeed.
func mustClose(t testing.TB, e kvdb.Engine) {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// mustUpdate runs fn in an Update, which must succeed.
func mustUpdate(t testing.TB, e kvdb.Engine, fn func(kvdb.KV)) {
	t.Helper()
	if err := e.Update(t.Context(), func(kv kvdb.KV) error { fn(kv); return nil }); err != nil {
		t.Errorf("update: %v", err)
	}
}

// mustView runs fn in a View, which must succeed.
func mustView(t testing.TB, e kvdb.Engine, fn func(kvdb.KV)) {
	t.Helper()
	if err := e.View(t.Context(), func(kv kvdb.KV) error { fn(kv); return nil }); err != nil {
		t.Errorf("view: %v", err)
	}
}

// putKeys puts keys, each with itself as its value.
func putKeys(t testing.TB, e kvdb.Engine, keys ...string) {
	t.Helper()
	mustUpdate(t, e, func(kv kvdb.KV) {
		for _, key := range keys {
			kv.Put(key, []byte(key))
		}
	})
}

// listEntries lists the entries under prefix as key=value.
func listEntries(kv kvdb.KV, prefix string) (entries []string) {
	for key, value := range kv.Scan(prefix) {
		entries = append(entries, key+"="+string(value))
	}
	return entries
}

// wantStored checks what a new transaction finds under prefix.
func wantStored(t testing.TB, e kvdb.Engine, prefix string, want ...string) {
	t.Helper()
	mustView(t, e, func(kv kvdb.KV) { wantList(t, kv, prefix, want...) })
}

// wantList checks what kv has under prefix.
func wantList(t testing.TB, kv kvdb.KV, prefix string, want ...string) {
	t.Helper()
	if got := listEntries(kv, prefix); !slices.Equal(got, want) {
		t.Errorf("under %q: got %q, want %q", prefix, got, want)
	}
}

// wantValue checks the value at key.
func wantValue(t testing.TB, kv kvdb.KV, key, want string) {
	t.Helper()
	if got, found := kv.Get(key); !found || string(got) != want {
		t.Errorf("%q: got %q, %t, want %q", key, got, found, want)
	}
}

// wantAbsent checks that kv has nothing at key.
func wantAbsent(t testing.TB, kv kvdb.KV, key string) {
	t.Helper()
	if got, found := kv.Get(key); found || got != nil {
		t.Errorf("%q: got %q, %t, want nothing", key, got, found)
	}
}

// viewAndUpdate returns the two ways to run a transaction.
func viewAndUpdate(e kvdb.Engine) map[string]func(context.Context, func(kvdb.KV) error) error {
	return map[string]func(context.Context, func(kvdb.KV) error) error{"view": e.View, "update": e.Update}
}
