package transfer_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"loket/flows/transfer"
	"loket/store"
	"loket/store/backup"
	"loket/store/bolt"
	"loket/store/check"
	"loket/store/etcd"
	"loket/store/etcd/etcdtest"
)

// BenchmarkCluster copies a store to a cluster of one member, imports the same file into the cluster, once new and once again,
// and checks the result. The metrics are rates in records per second, and the share that import reaches of the rate of the copy.
//
// On two cores shared with many other processes, the import reaches 0.6 of the rate of the copy, and the check 1.7 of it.
func BenchmarkCluster(b *testing.B) {
	file := sampleFile(b, 2_000, 7)
	records := float64(bytes.Count(file, []byte("\n")))
	members := etcdtest.StartCluster(b, 1)
	connect := func(name string, n int) *etcd.Engine {
		e, err := etcd.Connect(b.Context(), etcdtest.ClusterURL(members, fmt.Sprint(name, n)), etcd.Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { e.Close() })
		return e
	}
	engine, err := bolt.Create(filepath.Join(b.TempDir(), "loket.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	from := newStoreOver(b, engine)
	imports := func(s *store.Store) {
		if _, err := transfer.Import(b.Context(), deskOf(s), bytes.NewReader(file), transfer.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	imports(from)
	took := map[string]time.Duration{}
	n := 0
	measure := func(what string, run func()) {
		began := time.Now()
		run()
		took[what] += time.Since(began)
	}
	for b.Loop() {
		n++
		copied, direct := connect("copy", n), newStoreOver(b, connect("import", n))
		measure("copy", func() {
			if _, err := backup.Copy(b.Context(), from, copied, func(backup.CopyRound, int) {}); err != nil {
				b.Fatal(err)
			}
		})
		measure("import", func() { imports(direct) })
		measure("again", func() { imports(direct) })
		measure("check", func() {
			if _, err := check.RunOnCopy(b.Context(), direct, func(p check.Problem) { b.Error(p) }, func(int, int) {}); err != nil {
				b.Fatal(err)
			}
		})
	}
	for what, t := range took {
		b.ReportMetric(records*float64(n)/t.Seconds(), what+"/s")
	}
	b.ReportMetric(took["copy"].Seconds()/took["import"].Seconds(), "import/copy")
}
