package store

import (
	"cmp"
	"context"

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
	defer s.keys.BeginUse()()
	put := sealedkv.NewBatch(s.spills, false)
	defer func() { err = cmp.Or(err, put.Close()) }()
	if err := s.engine.View(ctx, s.wrapTx(put, fn)); err != nil {
		return err
	}
	return s.load(ctx, put, wrote)
}

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
