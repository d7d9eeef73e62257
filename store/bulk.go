package store

import (
	"cmp"
	"context"

	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// BulkUpdate runs fn like Update does, but fn may change any number of records. The changes are stored in several transactions of
// the engine (Engine.Load). If fn fails, nothing is stored. If the load is interrupted, BulkUpdate can be run again: the order of
// Tables lets fn see which records are missing. Nobody else may write during a BulkUpdate, and fn does not see its own changes when
// it scans a table. Large amounts of changes are sorted on disk. During the load, wrote is called with the number of entries
// written so far and the total.
func (s *Store) BulkUpdate(ctx context.Context, fn func(*Tx) error, wrote func(done, all int)) (err error) {
	g := s.BeginGathering()
	defer func() { err = cmp.Or(err, g.Close()) }()
	if err := g.View(ctx, fn); err != nil {
		return err
	}
	return g.Load(ctx, wrote)
}

// A BulkGathering is the transaction of a BulkUpdate that is split over several Views. Each View sees the changes of those before it.
// Because a single View is short, a BulkGathering does not hold up a Scrub.
type BulkGathering struct {
	store *Store
	put   *sealedkv.RecordBatch
	tx    *Tx
}

// BeginGathering begins a BulkGathering.
func (s *Store) BeginGathering() *BulkGathering {
	put := sealedkv.NewRecordBatch(s.spills, false)
	return &BulkGathering{s, put, s.newTx(nil, put)}
}

// View runs fn over a snapshot of the stored records, combined with the changes so far.
func (g *BulkGathering) View(ctx context.Context, fn func(*Tx) error) error {
	return g.store.engine.View(ctx, func(kv kvdb.KV) error {
		g.tx.sealed.KV = kv
		err := fn(g.tx)
		return cmp.Or(g.tx.sealed.Err(), err)
	})
}

// Load stores the changes, as BulkUpdate does.
func (g *BulkGathering) Load(ctx context.Context, wrote func(done, all int)) error {
	defer g.store.keys.BeginSealing()()
	if g.tx.attachNotedChanges(); g.tx.sealed.Err() != nil {
		return g.tx.sealed.Err()
	}
	return g.store.loadBatch(ctx, g.put, wrote)
}

// Close discards the changes.
func (g *BulkGathering) Close() error { return g.put.Close() }

// loadBatch writes the changes of a batch to the engine.
func (s *Store) loadBatch(ctx context.Context, put *sealedkv.RecordBatch, wrote func(done, all int)) error {
	done, all, failed := 0, put.Len(), error(nil)
	if all == 0 {
		return nil
	}
	whole := false
	err := s.engine.Load(ctx, func(yield func(string, []byte) bool) {
		for entries, err := range put.SealedChunks(ctx, s.keys, Tables) {
			if failed = err; failed != nil {
				return
			}
			for _, e := range entries {
				if !yield(e.Key, e.Value) {
					return
				}
			}
			done += len(entries)
			wrote(done, all)
		}
		whole = ctx.Err() == nil
	})
	switch {
	case failed != nil:
		return failed
	case err == nil && !whole:
		return ctx.Err()
	}
	return err
}
