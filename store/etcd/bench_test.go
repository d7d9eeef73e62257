package etcd

import (
	"fmt"
	"testing"

	"loket/store/etcd/etcdtest"
	"loket/store/kvdb"
)

// BenchmarkTransactions measures transactions that are typical of the program's flows: a View that reads three keys, and an
// Update that reads three keys and writes four.
func BenchmarkTransactions(b *testing.B) {
	for _, members := range []int{1, 3} {
		e, err := Connect(b.Context(), etcdtest.ClusterURL(etcdtest.StartCluster(b, members), "desk"), Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer e.Close()
		reads := func(kv kvdb.KV, n int) {
			for k := range 3 {
				kv.Get(fmt.Sprint("a/", n%100, "/", k))
			}
		}
		b.Run(fmt.Sprint("view/members=", members), func(b *testing.B) {
			for n := range b.N {
				if err := e.View(b.Context(), func(kv kvdb.KV) error { reads(kv, n); return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprint("update/members=", members), func(b *testing.B) {
			for n := range b.N {
				if err := e.Update(b.Context(), func(kv kvdb.KV) error {
					reads(kv, n)
					for k := range 4 {
						kv.Put(fmt.Sprint("a/", n%100, "/", k), make([]byte, 400))
					}
					return nil
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
