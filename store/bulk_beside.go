package store

import (
	"cmp"
	"context"
	"errors"

	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// ErrChanged says that a record was changed after it was read.
var ErrChanged = errors.New("a record was changed meanwhile")

// BulkConcurrent is Bulk while others write. What fn put goes in with many
// transactions, of which each looks whether what it replaces is still what fn saw.
// The error is ErrChanged if it is not: then what came before is stored, as after an
// interruption, and fn is to be run again. fn takes no longer than others should
// wait for a Scrub, and puts no more than goes into memory.
func (s *Store) BulkConcurrent(ctx context.Context, fn func(*Tx) error, wrote func(done, all int)) (err error) {
	put := sealedkv.NewBatch(s.spills, true)
	defer func() { err = cmp.Or(err, put.Close()) }()
	if err := s.engine.View(ctx, s.wrapTx(put, fn)); err != nil {
		return err
	}
	done, all := 0, put.Len()
	for some, err := range put.Chunks(Tables, kvdb.MaxKeys) {
		if err != nil {
			return err
		}
		if err := s.Update(ctx, func(tx *Tx) error {
			if !put.ReplaceUnchanged(tx.sealed, some) {
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
