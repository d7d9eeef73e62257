package flows

import (
	"fmt"
	"sync/atomic"
	"testing"

	"loket/store/etcd"
	"loket/store/etcd/etcdtest"
	"loket/store/keyring"
)

// clusterDesks opens desks on a cluster of one member, each with the cast on it.
func clusterDesks(t *testing.T) func(testing.TB) *testDesk {
	cluster := etcdtest.Start(t, 1)
	var opened atomic.Int64
	return func(tb testing.TB) *testDesk {
		tb.Helper()
		e, err := etcd.Connect(tb.Context(), etcdtest.Where(cluster, fmt.Sprint("desk", opened.Add(1))), etcd.Options{})
		if err != nil {
			tb.Fatal(err)
		}
		keys, err := keyring.New()
		if err != nil {
			tb.Fatal(err)
		}
		d := deskOver(tb, e, keys, monday)
		tb.Cleanup(func() { d.Store.Close() })
		d.update(tb, putCast)
		return d
	}
}
