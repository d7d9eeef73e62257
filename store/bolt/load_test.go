package bolt

import (
	"context"
	"errors"
	"testing"

	"loket/store/kvdb"
)

// TestLoadInterrupted checks that a load of several commits that is cancelled in the middle has written only the first
// entries.
func TestLoadInterrupted(t *testing.T) {
	const many = 150_000 // Each entry has about 250 bytes.
	e := fresh(t, Options{NoSync: true})
	defer e.Close()
	before := commits(t, e)
	ctx, cancel := context.WithCancel(t.Context())
	given := 0
	err := e.Load(ctx, func(yield func(string, []byte) bool) {
		for key, value := range entries(many) {
			if given++; given == many/2 {
				cancel()
			}
			if !yield(key, value) {
				return
			}
		}
	})
	if !errors.Is(err, context.Canceled) || given == many {
		t.Errorf("got error %v after %d entries, want %v before the end", err, given, context.Canceled)
	}
	if n := commits(t, e) - before; n != 2 {
		t.Errorf("took %d commits, want 2", n)
	}
	if err := e.View(t.Context(), func(kv kvdb.KV) error {
		next := 0
		for key := range kv.Scan("a/") {
			if key != entryKey(next) {
				t.Fatalf("found %q at place %d", key, next)
			}
			next++
		}
		if next == 0 || next > given {
			t.Errorf("left %d entries of %d", next, given)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}
