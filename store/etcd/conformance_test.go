package etcd

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store"
	"loket/store/etcd/etcdtest"
	"loket/store/storetest"
)

// desks gives an empty desk on a cluster each time.
func desks(cluster []*etcdtest.Member) func(t *testing.T) *Engine {
	var opened atomic.Int64
	return func(t *testing.T) *Engine {
		t.Helper()
		e, err := Connect(t.Context(), etcdtest.Where(cluster, fmt.Sprint("desk", opened.Add(1))), Options{})
		if err != nil {
			t.Fatal(err)
		}
		e.grace = time.Millisecond
		t.Cleanup(func() { e.Close() })
		return e
	}
}

// TestConformance holds the contract of every engine, on a cluster of one member.
func TestConformance(t *testing.T) {
	desk := desks(etcdtest.Start(t, 1))
	storetest.Run(t, func(t *testing.T) store.Engine {
		e := desk(t)
		// As if it was scrubbed a moment ago: TestScrub does that, once.
		if _, err := e.client.Put(t.Context(), e.root+"scrubbed", "", e.leased()); err != nil {
			t.Fatal(err)
		}
		return e
	})
}

// TestScrub holds that nobody can read any more what was overwritten or deleted, and
// that this waits for who reads in an old snapshot, and is not done all the time.
func TestScrub(t *testing.T) {
	e := desks(etcdtest.Start(t, 1))(t)
	for _, value := range []string{"secret", "open"} {
		if err := e.Update(t.Context(), func(kv store.KV) error { kv.Put("a/1", []byte(value)); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	now, err := e.client.Get(t.Context(), e.root, clientv3.WithPrefix())
	if err != nil {
		t.Fatal(err)
	}
	before := now.Header.Revision - 1
	if err := e.View(t.Context(), func(kv store.KV) error {
		kv.Get("a/1")
		pinned(t, kv)
		if err := e.Scrub(t.Context()); !errors.Is(err, store.ErrBusy) {
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
	if _, err := e.client.Get(t.Context(), e.data("")+"a/1", clientv3.WithRev(before)); err == nil {
		t.Error("the history is still there")
	}
	if err := e.Scrub(t.Context()); !errors.Is(err, store.ErrBusy) {
		t.Errorf("again at once: %v", err)
	}
}

// pinned has a view be as one that has read for a while.
func pinned(t *testing.T, kv store.KV) {
	t.Helper()
	v := kv.(*transaction)
	v.old.Store(true)
	if v.Get("a/1"); v.pin == "" || v.err != nil {
		t.Fatalf("it is not pinned: %v", v.err)
	}
}

// TestLostSnapshot holds that a view whose history is gone says so, and nothing else.
func TestLostSnapshot(t *testing.T) {
	e := desks(etcdtest.Start(t, 1))(t)
	err := e.View(t.Context(), func(kv store.KV) error {
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
	if !errors.Is(err, store.ErrBusy) {
		t.Error(err)
	}
}

// TestSettled holds that a commit whose answer was lost is found out about: it is
// done if it was, and never is if it was not.
func TestSettled(t *testing.T) {
	e := desks(etcdtest.Start(t, 1))(t)
	s := <-e.slots
	key := e.data("") + "a/1"
	for n, done := range []bool{true, false, true, false} {
		mark := fmt.Sprint("mark", n)
		commit := e.client.Txn(t.Context()).If(s.unused()).Then(clientv3.OpPut(key, mark), clientv3.OpPut(s.key, mark, e.leased()))
		if done {
			if _, err := commit.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		found, err := e.settle(t.Context(), s, mark, context.DeadlineExceeded)
		if err != nil || found != done {
			t.Errorf("%t is found as %t, %v", done, found, err)
		}
		if late, err := commit.Commit(); err != nil || late.Succeeded {
			t.Errorf("what was settled as %t was done after that: %v", done, err)
		}
	}
}

// TestLostLease holds that an engine that was away for longer than its lease lasts
// goes on with another one.
func TestLostLease(t *testing.T) {
	e := desks(etcdtest.Start(t, 1))(t)
	put := func() {
		t.Helper()
		for range 2 * slots {
			if err := e.Update(t.Context(), func(kv store.KV) error { kv.Put("a/1", nil); return nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
	put()
	if _, err := e.client.Revoke(t.Context(), e.lease); err != nil {
		t.Fatal(err)
	}
	put()
}

// TestParse holds how it is written where a desk is.
func TestParse(t *testing.T) {
	for where, want := range map[string]string{
		"etcd://a:1/desk":               "[a:1] desk",
		"etcd://a:1,[::1]:2,c:3/x/desk": "[a:1 [::1]:2 c:3] x/desk",
		"etcd://a:1/":                   "", "etcd://a:1": "", "etcd:///desk": "", "etcd://a/desk": "", "etcd://a:1//desk": "", "etcd://a:1/desk/": "", "a:1/desk": "",
	} {
		members, prefix, err := Parse(where)
		if got := fmt.Sprint(members, " ", prefix); err == nil && got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %s, %v", where, got, err)
		}
	}
}
