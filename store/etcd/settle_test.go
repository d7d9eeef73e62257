package etcd

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/etcd/etcdtest"
	"loket/store/kvdb"
)

// testSettled checks that the engine finds out the outcome of a commit whose answer was lost. The commit counts as done if it
// was done, and otherwise must never be done later.
func testSettled(t *testing.T, e *Engine) {
	s := <-e.slots
	lease := leased(t, e)
	s.lease = e.lease
	key := e.generationPrefix("") + "a/1"
	for n, done := range []bool{true, false, true, false} {
		mark := fmt.Sprint("mark", n)
		commit := e.client.Txn(t.Context()).If(s.compareSlotUnused()).Then(clientv3.OpPut(key, mark), clientv3.OpPut(s.key, mark, lease))
		if done {
			if _, err := commit.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		found, err := e.resolveLostCommit(t.Context(), s, mark, context.DeadlineExceeded)
		if err != nil || found != done {
			t.Errorf("%t is found as %t, %v", done, found, err)
		}
		if late, err := commit.Commit(); err != nil || late.Succeeded {
			t.Errorf("what was settled as %t was done after that: %v", done, err)
		}
	}
	_, err := e.client.Revoke(t.Context(), e.lease)
	must(t, err)
	if _, err := e.resolveLostCommit(t.Context(), s, "mark", context.DeadlineExceeded); !errors.Is(err, kvdb.ErrOutcomeUnknown) {
		t.Errorf("a slot that is gone says %v", err)
	}
}

// testLostLease checks that an engine that was disconnected for longer than its lease goes on with a new lease.
func testLostLease(t *testing.T, e *Engine) {
	put(t, e, "a/1", "")
	_, err := e.client.Revoke(t.Context(), e.lease)
	must(t, err)
	for range slotCount + 1 {
		put(t, e, "a/1", "")
	}
}

// testTooManyBytes checks that a write that is too large for any cluster is refused at once.
func testTooManyBytes(t *testing.T, e *Engine) {
	runs := 0
	if err := e.Update(t.Context(), func(kv kvdb.KV) error {
		runs++
		for n := range 3 {
			kv.Put(fmt.Sprint("a/", n), make([]byte, maxWriteSize/3))
		}
		return nil
	}); !errors.Is(err, kvdb.ErrTooLarge) || runs != 1 {
		t.Errorf("after %d runs: %v", runs, err)
	}
}

// TestLostInTransit checks that a commit is done exactly once, whether its request or its response is lost.
func TestLostInTransit(t *testing.T) {
	t.Parallel()
	member := etcdtest.StartCluster(t, 1)[0]
	proxy := member.Proxy(t)
	e := connect(t, Scheme+proxy.Client+"/desk")
	put(t, e, "a/first", "") // The first write makes the engine get its lease.
	t.Run("one by one", func(t *testing.T) {
		for name, test := range map[string]struct {
			lose func() <-chan struct{}
			runs int
		}{
			"answer": {proxy.LoseResponse, 1}, "question": {proxy.LoseRequest, 2},
		} {
			runs := 0
			must(t, e.Update(t.Context(), func(kv kvdb.KV) error {
				count(kv, "count/"+name)
				if runs++; runs == 1 {
					test.lose()
				}
				return nil
			}))
			if got := get(t, e, "count/"+name); got != "1" || runs != test.runs {
				t.Errorf("%s: it was run %d times, and counted to %s", name, runs, got)
			}
		}
	})
	t.Run("many at once", func(t *testing.T) {
		const callers, times = 4, 40
		var counted atomic.Int64
		lost, done := 0, make(chan struct{})
		var all, chaos sync.WaitGroup
		for range callers {
			all.Go(func() {
				for range times {
					must(t, e.Update(t.Context(), func(kv kvdb.KV) error { count(kv, "count/many"); return nil }))
					counted.Add(1)
				}
			})
		}
		chaos.Go(func() {
			for _, lose := range cycle(proxy.LoseResponse, proxy.LoseRequest) {
				select {
				case <-lose():
					lost++
				case <-done:
					return
				}
				// The loop waits until the callers make progress.
				for before := counted.Load(); counted.Load() < before+callers; {
					select {
					case <-done:
						return
					default:
						get(t, e, "count/many")
					}
				}
			}
		})
		all.Wait()
		close(done)
		chaos.Wait()
		if got := get(t, e, "count/many"); got != fmt.Sprint(callers*times) {
			t.Errorf("%d were counted as %s", callers*times, got)
		}
		t.Logf("%d connections were cut", lost)
	})
	t.Run("while everything is replaced", func(t *testing.T) {
		const entries = 2000
		must(t, e.Replace(t.Context(), func(put func(string, []byte) error) error {
			for n := range entries {
				if n%300 == 0 {
					proxy.LoseResponse()
				}
				if err := put(fmt.Sprintf("a/%05d", n), nil); err != nil {
					return err
				}
			}
			proxy.LoseRequest()
			return nil
		}))
		found := 0
		must(t, e.View(t.Context(), func(kv kvdb.KV) error {
			for range kv.Scan("a/") {
				found++
			}
			return nil
		}))
		if found != entries {
			t.Errorf("%d of %d entries are there", found, entries)
		}
	})
}

// count adds one to the number at a key.
func count(kv kvdb.KV, key string) {
	value, _ := kv.Get(key)
	number, _ := strconv.Atoi(string(value))
	kv.Put(key, []byte(strconv.Itoa(number+1)))
}

// cycle yields all values again and again, with their numbers.
func cycle[T any](all ...T) func(yield func(int, T) bool) {
	return func(yield func(int, T) bool) {
		for n := 0; yield(n, all[n%len(all)]); n++ {
		}
	}
}
