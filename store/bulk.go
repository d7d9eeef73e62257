package store

import (
	"cmp"
	"context"

	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// Bulk runs fn as Update does, over any number of records, and stores what it
// put in transactions of the engine's choosing (Engine.Load). If fn fails
// nothing is stored; if the load is interrupted, the order of Tables lets fn
// see what is missing when it is run again. Nobody else may write meanwhile,
// and fn does not see what it put in a table that it scans. What is put is sorted on
// disk if it is much. wrote is called as entries go to the engine, with how many
// of how many it has got.
func (s *Store) Bulk(ctx context.Context, fn func(*Tx) error, wrote func(done, all int)) (err error) {
	g := s.Gather()
	defer func() { err = cmp.Or(err, g.Close()) }()
	if err := g.View(ctx, fn); err != nil {
		return err
	}
	return g.Load(ctx, wrote)
}

// A Gathering is the transaction of a Bulk over several Views: each sees what those before it
// put. So one that takes long does not hold up a Scrub.
type Gathering struct {
	store *Store
	put   *sealedkv.Batch
	tx    *Tx
}

// Gather begins a Gathering.
func (s *Store) Gather() *Gathering {
	put := sealedkv.NewBatch(s.spills, false)
	return &Gathering{s, put, s.newTx(nil, put)}
}

// View runs fn over a snapshot of what is stored, under what was put.
func (g *Gathering) View(ctx context.Context, fn func(*Tx) error) error {
	return g.store.engine.View(ctx, func(kv kvdb.KV) error {
		g.tx.sealed.KV = kv
		err := fn(g.tx)
		return cmp.Or(g.tx.sealed.Err(), err)
	})
}

// Load stores what was put, as Bulk does.
func (g *Gathering) Load(ctx context.Context, wrote func(done, all int)) error {
	defer g.store.keys.BeginUse()()
	if g.tx.attachChanges(); g.tx.sealed.Err() != nil {
		return g.tx.sealed.Err()
	}
	return g.store.load(ctx, g.put, wrote)
}

// Close lets go of what was put.
func (g *Gathering) Close() error { return g.put.Close() }

// load writes what a batch has gathered.
func (s *Store) load(ctx context.Context, put *sealedkv.Batch, wrote func(done, all int)) error {
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
