package etcd

import (
	"errors"
	"testing"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
	"loket/store/overlay"
)

// testScrub checks that overwritten and deleted values become unreadable, that a scrub waits for readers of an old snapshot,
// and that scrubs are not too frequent.
func testScrub(t *testing.T, e *Engine) {
	put(t, e, "a/1", "secret")
	put(t, e, "a/1", "open")
	now, err := e.client.Get(t.Context(), e.keyPrefix, clientv3.WithPrefix())
	if err != nil {
		t.Fatal(err)
	}
	before := now.Header.Revision - 1
	if err := e.View(t.Context(), func(kv kvdb.KV) error {
		kv.Get("a/1")
		pinned(t, kv)
		if err := e.Scrub(t.Context()); !errors.Is(err, kvdb.ErrTooManyConflicts) {
			t.Errorf("beside a view: %v", err)
		}
		_, found := kv.Get("a/1")
		if !found {
			t.Error("the view lost its snapshot")
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	if err := e.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := e.client.Get(t.Context(), e.generationPrefix("")+"a/1", clientv3.WithRev(before)); err == nil {
		t.Error("the history is still there")
	}
	if err := e.Scrub(t.Context()); !errors.Is(err, kvdb.ErrTooManyConflicts) {
		t.Errorf("again at once: %v", err)
	}
}

// pinned makes a View pin its revision, as if it had been reading for a while.
func pinned(t *testing.T, kv kvdb.KV) {
	t.Helper()
	v := within(kv)
	v.isPinDue.Store(true)
	if v.Get("a/1"); v.pinKey == "" || v.Err() != nil {
		t.Fatalf("it is not pinned: %v", v.Err())
	}
}

// within returns the etcd transaction inside kv.
func within(kv kvdb.KV) *transaction { return kv.(*overlay.Transaction).Stored.(*transaction) }

// testLostSnapshot checks that a View whose history is gone returns an error, and yields nothing.
func testLostSnapshot(t *testing.T, e *Engine) {
	err := e.View(t.Context(), func(kv kvdb.KV) error {
		kv.Get("a/1")
		for range 2 {
			if _, err := e.client.Put(t.Context(), "elsewhere", ""); err != nil {
				t.Fatal(err)
			}
		}
		now, err := e.client.Get(t.Context(), "elsewhere")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.client.Compact(t.Context(), now.Header.Revision); err != nil {
			t.Fatal(err)
		}
		kv.Get("a/2")
		return nil
	})
	if !errors.Is(err, kvdb.ErrTooManyConflicts) {
		t.Error(err)
	}
}
