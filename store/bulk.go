package store

import (
	"context"
	"slices"

	"loket/store/kvdb"
	"loket/store/parallel"
	"loket/store/sealedkv"
)

// Bulk runs fn as Update does, over any number of records, and stores what fn put in as
// many transactions as the engine needs (Engine.Load). If fn fails, nothing is stored. If
// the load is interrupted, fn can be run again: the order of Tables lets it see what is
// missing. Nothing else may write at the same time, and fn does not see its own puts in a
// table that it scans. wrote is called with how many of all entries the engine has
// received.
func (s *Store) Bulk(ctx context.Context, fn func(*Tx) error, wrote func(done, all int)) error {
	defer s.keys.BeginUse()()
	put := sealedkv.NewBatch(false)
	if err := s.engine.View(ctx, s.wrapTx(put, fn)); err != nil {
		return err
	}
	records := put.TakeRecords(Tables)
	if len(records) == 0 {
		return nil
	}
	done, all, failed := 0, len(records), error(nil)
	err := s.engine.Load(ctx, func(yield func(string, []byte) bool) {
		for batch := range parallel.Map(ctx, sealBatchesAhead, slices.Chunk(records, sealBatch), s.sealRecords) {
			if failed = batch.err; failed != nil {
				return
			}
			for _, e := range batch.entries {
				if !yield(e.Key, e.Value) {
					return
				}
			}
			done += len(batch.entries)
			wrote(done, all)
		}
	})
	switch {
	case failed != nil:
		return failed
	case err == nil && done < all:
		return ctx.Err()
	}
	return err
}

// Records are encoded and sealed on all processors, in batches of this size. So many
// batches may be ready before the engine takes them, so that sealing goes on during
// commits.
const (
	sealBatch        = 256
	sealBatchesAhead = 256
)

type sealedBatch struct {
	entries []kvdb.Entry
	err     error
}

func (s *Store) sealRecords(records []sealedkv.Record) (b sealedBatch) {
	b.entries, b.err = sealedkv.EncodeAll(s.keys, records)
	return b
}
