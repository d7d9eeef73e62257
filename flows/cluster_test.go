package flows_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"loket/flows/flowtest"
	"loket/store/etcd"
	"loket/store/etcd/etcdtest"
	"loket/store/keyring"
)

// OnCluster returns a function that opens desks on an etcd cluster of one member, each with the cast.
func OnCluster(t *testing.T) func(testing.TB) *flowtest.Desk {
	cluster := etcdtest.StartCluster(t, 1)
	var opened atomic.Int64
	return func(tb testing.TB) *flowtest.Desk {
		tb.Helper()
		e, err := etcd.Connect(tb.Context(), etcdtest.ClusterURL(cluster, fmt.Sprint("desk", opened.Add(1))), etcd.Options{})
		if err != nil {
			tb.Fatal(err)
		}
		keys, err := keyring.NewInMemory()
		if err != nil {
			tb.Fatal(err)
		}
		d := flowtest.NewWithEngine(tb, e, keys, flowtest.StartTime)
		tb.Cleanup(func() { d.Store.Close() })
		d.PutCast(tb)
		return d
	}
}
