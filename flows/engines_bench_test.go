package flows_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
	"loket/store/bolt"
	"loket/store/etcd"
	"loket/store/etcd/etcdtest"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// BenchmarkEngines logs customers in and opens accounts on each database engine, with one visitor
// and with 32 visitors at once. Each visitor has a separate terminal. The hasher takes no time, so
// that the benchmark measures the engine. Every commit is flushed to disk; on a cluster, to the
// disks of most members.
//
//	go test ./flows -run xxx -bench Engines -benchtime 400x
//
// These are the results for bbolt, etcd with one member, and etcd with three members, with all
// members on the same two shared cores:
//
//   - a login, one visitor: 0.8 ms (1,100 a second), 6.2 ms (150), 7.4 ms (125)
//   - logins, 32 visitors at once: 4.6 ms (6,300 a second), 39 ms (800), 45 ms (640)
//   - an activation, one visitor: 2.1 ms (430 a second), 13 ms (74), 14 ms (66)
//   - activations, 32 visitors at once: 15 ms (2,000 a second), 92 ms (330), 95 ms (320)
func BenchmarkEngines(b *testing.B) {
	engines := []struct {
		name string
		open func(*testing.B) kvdb.Engine
	}{
		{"bbolt", func(b *testing.B) kvdb.Engine {
			e, err := bolt.Create(filepath.Join(b.TempDir(), "db"), bolt.Options{})
			if err != nil {
				b.Fatal(err)
			}
			return e
		}},
		{"etcd of 1", onCluster(1)},
		{"etcd of 3", onCluster(3)},
	}
	for _, engine := range engines {
		for _, visitors := range []int{1, 32} {
			for _, kind := range []timedVisit{timedLogin, timedActivation} {
				b.Run(fmt.Sprint(engine.name, "/", kind.name, " by ", visitors), func(b *testing.B) {
					kind.time(b, engine.open(b), visitors)
				})
			}
		}
	}
}

var benched atomic.Int64

func onCluster(members int) func(*testing.B) kvdb.Engine {
	return func(b *testing.B) kvdb.Engine {
		cluster := etcdtest.StartCluster(b, members)
		e, err := etcd.Connect(b.Context(), etcdtest.ClusterURL(cluster, fmt.Sprint("desk", benched.Add(1))), etcd.Options{})
		if err != nil {
			b.Fatal(err)
		}
		return e
	}
}

// A timedVisit is a visit to measure, with the records that it needs.
type timedVisit struct {
	name string
	put  func(*store.Tx, int)
	do   func(*testing.B, *desk.Desk, int)
}

// time runs the visit b.N times in total. It reports the median duration, and the number of visits in a second.
func (v timedVisit) time(b *testing.B, e kvdb.Engine, visitors int) {
	keys, err := keyring.NewInMemory()
	if err != nil {
		b.Fatal(err)
	}
	clock := clock.NewFromFuncs(time.Now, func(context.Context, time.Duration) error { return nil })
	s, err := store.Open(b.Context(), e, keys, clock.Now)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	for n := range b.N {
		if err := s.Update(b.Context(), func(tx *store.Tx) error { v.put(tx, n); return nil }); err != nil {
			b.Fatal(err)
		}
	}
	var next atomic.Int64
	took := make([]float64, b.N)
	b.ResetTimer()
	began := time.Now()
	var all sync.WaitGroup
	for terminal := range visitors {
		all.Go(func() {
			d := &desk.Desk{
				Store: s, Clock: clock, Hasher: &flowtest.Hasher{}, Random: rand.NewChaCha8([32]byte{byte(terminal)}),
				Terminal: fmt.Sprint("Utrecht ", terminal), Settings: desk.DefaultSettings(),
			}
			for n := int(next.Add(1)) - 1; n < b.N; n = int(next.Add(1)) - 1 {
				from := time.Now()
				v.do(b, d, n)
				took[n] = float64(time.Since(from))
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "per-second")
	b.ReportMetric(median(took)/1e6, "ms-median")
	b.ReportMetric(0, "ns/op")
}

var timedLogin = timedVisit{"login", func(tx *store.Tx, n int) { putTimed(tx, n, flowtest.FakeHash("Eigen-huis12")) }, func(b *testing.B, d *desk.Desk, n int) {
	if f := flowtest.MustSubmit(b, flows.LogIn(flow.NewVisit(d)), "username", timedName(n), "password", "Eigen-huis12"); !f.Visit().LoggedIn() {
		b.Errorf("customer %d is not logged in", n)
	}
}}

var timedActivation = timedVisit{"activation", putNewcomer, func(b *testing.B, d *desk.Desk, n int) {
	f := flowtest.MustSubmit(b, flows.Activate(flow.NewVisit(d)), "number", timedNumber(n), "birth date", "1-2-1980", "postcode", "1234AB")
	flowtest.MustSubmit(b, f, "username", fmt.Sprint("klant", n), "new", "Goed-gekozen1", "again", "Goed-gekozen1")
	if f.State() != "account activated" {
		b.Errorf("customer %d is at %q", n, f.State())
	}
}}
