package etcd

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/etcd/etcdtest"
	"loket/store/kvdb"
	"loket/store/storetest"
)

// TestOneMember runs the tests that share a cluster of one member.
func TestOneMember(t *testing.T) {
	t.Parallel()
	cluster := etcdtest.StartCluster(t, 1)
	open := desks(cluster)
	for name, test := range map[string]func(*testing.T, *Engine){
		"scrub":             testScrub,
		"lost snapshot":     testLostSnapshot,
		"settled":           testSettled,
		"lost lease":        testLostLease,
		"too many bytes":    testTooManyBytes,
		"no room":           testNoRoom,
		"left generation":   testLeftGeneration,
		"chosen by another": testChosenByAnother,
		"not filled on":     testNotFilledOn,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
	t.Run("contract", func(t *testing.T) { testContract(t, open) })
	// This test is the last one, because from now on the cluster requires a login.
	t.Run("login", func(t *testing.T) { testLogin(t, open(t), cluster) })
}

// desks returns a function that returns an empty desk on the cluster at each call.
func desks(cluster []*etcdtest.Member) func(t *testing.T) *Engine {
	var opened atomic.Int64
	return func(t *testing.T) *Engine {
		t.Helper()
		return connect(t, etcdtest.ClusterURL(cluster, fmt.Sprint("desk", opened.Add(1))))
	}
}

func connect(t *testing.T, where string) *Engine {
	t.Helper()
	e, err := Connect(t.Context(), where, Options{})
	if err != nil {
		t.Fatal(err)
	}
	e.scrubWait = time.Millisecond
	t.Cleanup(func() { e.Close() })
	return e
}

// testContract runs the tests that every engine must pass.
func testContract(t *testing.T, open func(t *testing.T) *Engine) {
	storetest.RunAllRules(t, func(t *testing.T) kvdb.Engine {
		e := open(t)
		// The mark prevents another scrub, because testScrub already scrubs the cluster once.
		if _, err := e.client.Put(t.Context(), e.keyPrefix+"scrubbed", "", leased(t, e)); err != nil {
			t.Fatal(err)
		}
		return e
	})
}

// leased returns the option that attaches a key to the lease of an engine.
func leased(t *testing.T, e *Engine) clientv3.OpOption {
	t.Helper()
	lease, err := e.leaseID(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return clientv3.WithLease(lease)
}

// put puts a value at a key.
func put(t *testing.T, e *Engine, key, value string) {
	t.Helper()
	if err := e.Update(t.Context(), func(kv kvdb.KV) error { kv.Put(key, []byte(value)); return nil }); err != nil {
		t.Error(err)
	}
}

// get returns the value at a key.
func get(t *testing.T, e *Engine, key string) (value string) {
	t.Helper()
	if err := e.View(t.Context(), func(kv kvdb.KV) error {
		v, _ := kv.Get(key)
		value = string(v)
		return nil
	}); err != nil {
		t.Error(err)
	}
	return value
}

// must ends the test if err is not nil.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
