package store

import (
	"context"
	"iter"
	"slices"
)

// Bulk runs fn as Update does, over any number of records, and stores what it
// put in transactions of the engine's choosing (Engine.Load). If fn fails
// nothing is stored; if the load is interrupted, doing the same again completes
// it, and until then nothing half-written can be found. Nobody else may write
// meanwhile. wrote is called as entries go to the engine, with how many of how
// many it has got.
func (s *Store) Bulk(ctx context.Context, fn func(*Tx) error, wrote func(done, all int)) error {
	pending := map[string][]byte{}
	err := s.engine.View(ctx, func(kv KV) error {
		return s.typed(fn)(&gathered{KV: kv, pending: pending})
	})
	if err != nil || len(pending) == 0 {
		return err
	}
	return s.engine.Load(ctx, inTableOrder(pending, wrote))
}

// gathered reads a snapshot and keeps what is put in memory. A deleted key
// has a nil value.
type gathered struct {
	KV
	pending map[string][]byte
}

func (g *gathered) Get(key string) ([]byte, bool) {
	if value, ok := g.pending[key]; ok {
		return value, value != nil
	}
	return g.KV.Get(key)
}

func (g *gathered) Put(key string, value []byte) { g.pending[key] = value }
func (g *gathered) Delete(key string)            { g.pending[key] = nil }

// inTableOrder yields entries by table, as Tables has them, and by key in each.
func inTableOrder(entries map[string][]byte, wrote func(done, all int)) iter.Seq2[string, []byte] {
	keys := map[string][]string{}
	for key := range entries {
		keys[table(key)] = append(keys[table(key)], key)
	}
	return func(yield func(string, []byte) bool) {
		done := 0
		for _, table := range Tables {
			slices.Sort(keys[table])
			for _, key := range keys[table] {
				if !yield(key, entries[key]) {
					return
				}
				if done++; done%1000 == 0 || done == len(entries) {
					wrote(done, len(entries))
				}
			}
		}
	}
}
