package bolt

import (
	"bytes"
	"fmt"
	"iter"
	"runtime"
	"sync/atomic"
	"testing"

	"loket/store/kvdb"
)

// entries yields count sorted entries of a typical size: a key of 16 hexadecimal digits and a sealed record.
func entries(count int) iter.Seq2[string, []byte] {
	record := bytes.Repeat([]byte{0xa5}, 230)
	return func(yield func(string, []byte) bool) {
		for n := range count {
			if !yield(entryKey(n), record) {
				return
			}
		}
	}
}

func entryKey(n int) string { return fmt.Sprintf("a/%016x", n) }

// stocked returns an engine with count entries.
func stocked(b *testing.B, count int) *Engine {
	b.Helper()
	e := fresh(b, Options{})
	b.Cleanup(func() { e.Close() })
	if err := e.Load(b.Context(), entries(count)); err != nil {
		b.Fatal(err)
	}
	return e
}

// step runs an Update that is typical of the program's flows, with three reads and four writes.
func step(b *testing.B, e *Engine, n int) {
	at := func(i int) string { return entryKey((n*7919 + i*12007) % 100_000) }
	if err := e.Update(b.Context(), func(kv kvdb.KV) error {
		for i := range 3 {
			value, _ := kv.Get(at(i))
			kv.Put(at(i), value)
		}
		kv.Put(at(3), []byte("new"))
		return nil
	}); err != nil {
		b.Error(err)
	}
}

func BenchmarkUpdate(b *testing.B) {
	b.Run("alone", func(b *testing.B) {
		e := stocked(b, 100_000)
		n := 0
		for b.Loop() {
			n++
			step(b, e, n)
		}
	})
	b.Run("of 64 at once", func(b *testing.B) {
		e := stocked(b, 100_000)
		var n atomic.Int64
		b.SetParallelism(64 / runtime.GOMAXPROCS(0))
		b.ResetTimer()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				step(b, e, int(n.Add(1)))
			}
		})
	})
}

func BenchmarkGet(b *testing.B) {
	e := stocked(b, 100_000)
	n := 0
	for b.Loop() {
		n += 7919
		if err := e.View(b.Context(), func(kv kvdb.KV) error { kv.Get(entryKey(n % 100_000)); return nil }); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	const count = 2_000_000
	for b.Loop() {
		e := fresh(b, Options{})
		if err := e.Load(b.Context(), entries(count)); err != nil {
			b.Fatal(err)
		}
		e.Close()
	}
	b.ReportMetric(float64(count*b.N)/b.Elapsed().Seconds(), "entries/s")
}
