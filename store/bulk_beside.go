package store

import (
	"context"
	"errors"
	"slices"

	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// ErrChanged says that somebody changed a record after it was looked at.
var ErrChanged = errors.New("a record was changed meanwhile")

// BulkConcurrent is Bulk while others write. What fn put goes in with many
// transactions, of which each looks whether what it replaces is still what fn saw.
// The error is ErrChanged if it is not: then what came before is stored, as after an
// interruption, and fn is to be run again. fn takes no longer than others should
// wait for a Scrub.
func (s *Store) BulkConcurrent(ctx context.Context, fn func(*Tx) error, wrote func(done, all int)) error {
	put := sealedkv.NewBatch(true)
	if err := s.engine.View(ctx, s.wrapTx(put, fn)); err != nil {
		return err
	}
	records, done := put.TakeRecords(Tables), 0
	for some := range slices.Chunk(records, kvdb.MaxKeys) {
		if err := s.Update(ctx, func(tx *Tx) error {
			if !put.ReplaceUnchanged(tx.sealed, some) {
				return ErrChanged
			}
			return nil
		}); err != nil {
			return err
		}
		done += len(some)
		wrote(done, len(records))
	}
	return nil
}
