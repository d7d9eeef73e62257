package store

import (
	"context"
	"errors"
	"slices"

	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// ErrChanged says that a record was changed after it was read.
var ErrChanged = errors.New("a record was changed meanwhile")

// BulkConcurrent is Bulk while others write. It stores what fn put in many transactions,
// each of which checks that the records that it replaces are still what fn read. If one
// is not, the error is ErrChanged: the transactions before it are stored, as after an
// interruption, and the caller runs fn again. fn may take no longer than a Scrub of
// another process should wait.
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
