package store

import (
	"context"
	"errors"
	"slices"

	"loket/store/kvdb"
)

// itemsPerTx is the largest number of items that UpdateEach handles in one transaction. With four keys an item it stays below
// kvdb.MaxKeys, and leaves a few keys for an audit entry.
const itemsPerTx = 30

// UpdateEach calls do with each item, in as few transactions as possible. Items that together touch more keys than kvdb.MaxKeys are
// divided over several transactions. Other transactions can write in between, so do must read again any record that was read before.
func UpdateEach[T any](ctx context.Context, s *Store, items []T, do func(*Tx, T)) error {
	for some := range slices.Chunk(items, itemsPerTx) {
		if err := updateTogether(ctx, s, some, do); err != nil {
			return err
		}
	}
	return nil
}

// updateTogether calls do with each item in one transaction, or in several if the items touch too many keys for one.
func updateTogether[T any](ctx context.Context, s *Store, items []T, do func(*Tx, T)) error {
	err := s.Update(ctx, func(tx *Tx) error {
		for _, item := range items {
			do(tx, item)
		}
		return nil
	})
	if len(items) == 1 || !errors.Is(err, kvdb.ErrTooLarge) {
		return err
	}
	half := len(items) / 2
	if err := updateTogether(ctx, s, items[:half], do); err != nil {
		return err
	}
	return updateTogether(ctx, s, items[half:], do)
}
