package transfer_test

import (
	"bytes"
	"context"
	"iter"
	"path/filepath"
	"sync"
	"testing"

	"loket/flows/dutch"
	"loket/flows/transfer"
	"loket/flows/transfer/lines"
	"loket/store"
	"loket/store/bolt"
	"loket/store/keyring"
	"loket/store/kvdb"
)

// BenchmarkParts takes apart what an import of 20,000 customers does: parse alone, on one
// processor; seal alone, of what it stores; and bbolt alone, which stores that.
func BenchmarkParts(b *testing.B) {
	file := sampleFile(b, 20_000, 7)
	count := float64(bytes.Count(file, []byte("\n")))
	b.Run("parse", func(b *testing.B) {
		for b.Loop() {
			for batch := range lines.NewReader(bytes.NewReader(file)).ReadBatches() {
				for _, l := range batch.Lines {
					if p := lines.ParseLine(l, dutch.DateOf(today())); len(p.Problems) > 0 {
						b.Fatal(p.Problems)
					}
				}
			}
		}
		b.ReportMetric(count*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	})
	entries, keys := loaded(b, file)
	b.Run("seal", func(b *testing.B) {
		plain := make([][]byte, len(entries))
		for i, e := range entries {
			var err error
			if plain[i], err = keys.Unseal(e.Key, e.Value); err != nil {
				b.Fatal(err)
			}
		}
		for b.Loop() {
			for i, e := range entries {
				if _, err := keys.Seal(e.Key, plain[i]); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(count*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	})
	b.Run("bbolt", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			engine, err := bolt.Create(filepath.Join(b.TempDir(), "loket.db"), bolt.Options{})
			if err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
			if err := engine.Load(b.Context(), func(yield func(string, []byte) bool) {
				for _, e := range entries {
					if !yield(e.Key, e.Value) {
						return
					}
				}
			}); err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			engine.Close()
			b.StartTimer()
		}
		b.ReportMetric(count*float64(b.N)/b.Elapsed().Seconds(), "records/s")
	})
}

// loaded returns what an import of a file stores, sealed under keys.
func loaded(b *testing.B, file []byte) ([]kvdb.Entry, *keyring.Keys) {
	b.Helper()
	engine, err := bolt.Create(filepath.Join(b.TempDir(), "loket.db"), bolt.Options{NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	to := &recording{Engine: engine}
	s := newStoreOver(b, to)
	if _, err := transfer.Import(b.Context(), deskOf(s), bytes.NewReader(file), transfer.Options{}); err != nil {
		b.Fatal(err)
	}
	return to.entries, s.Keys()
}

// recording is an engine that keeps what is loaded into it.
type recording struct {
	kvdb.Engine
	entries []kvdb.Entry
}

func (r *recording) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	return r.Engine.Load(ctx, func(yield func(string, []byte) bool) {
		for key, value := range entries {
			r.entries = append(r.entries, kvdb.Entry{Key: key, Value: bytes.Clone(value)})
			if !yield(key, value) {
				return
			}
		}
	})
}

// BenchmarkVisitorBeside has a visitor change something again and again, alone and while a file
// goes in: what they wait for at most is told.
func BenchmarkVisitorBeside(b *testing.B) {
	for _, beside := range []bool{false, true} {
		name := map[bool]string{false: "alone", true: "beside an import"}[beside]
		b.Run(name, func(b *testing.B) {
			s := newStore(b, filepath.Join(b.TempDir(), "loket.db"))
			ctx, stop := context.WithCancel(b.Context())
			var importing sync.WaitGroup
			if beside {
				file := sampleFile(b, 20_000, 7)
				importing.Go(func() {
					_, _ = transfer.ImportConcurrent(ctx, deskOf(s), bytes.NewReader(file), transfer.Options{})
				})
			}
			for b.Loop() {
				if err := s.Update(b.Context(), func(tx *store.Tx) error {
					tx.PutAttempts("somebody", store.Attempts{Wrong: 1})
					return nil
				}); err != nil {
					b.Fatal(err)
				}
			}
			stop()
			importing.Wait()
		})
	}
}
