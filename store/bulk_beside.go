package store

import (
	"cmp"
	"context"
	"errors"

	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// ErrChanged means that another transaction changed a record after this one had read it.
var ErrChanged = errors.New("a record was changed meanwhile")

// BulkUpdateConcurrent is like BulkUpdate, but other processes may write meanwhile. The changes of fn are stored in many transactions.
// Each of them checks that the records that it replaces are still the ones that fn saw. If not, the error is ErrChanged;
// earlier transactions remain stored, as after an interruption, and the caller should run fn again. Because fn holds up a
// Scrub, it should be short. Its changes must fit into memory.
func (s *Store) BulkUpdateConcurrent(ctx context.Context, fn func(*Tx) error, wrote func(done, all int)) (err error) {
	put := sealedkv.NewRecordBatch(s.spills, true)
	defer func() { err = cmp.Or(err, put.Close()) }()
	if err := s.engine.View(ctx, s.wrapTx(put, fn)); err != nil {
		return err
	}
	done, all := 0, put.Len()
	for some, err := range put.RecordChunks(Tables, kvdb.MaxKeys) {
		if err != nil {
			return err
		}
		if err := s.Update(ctx, func(tx *Tx) error {
			if !put.ReplaceIfUnchanged(tx.sealed, some) {
				return ErrChanged
			}
			return nil
		}); err != nil {
			return err
		}
		done += len(some)
		wrote(done, all)
	}
	return nil
}
