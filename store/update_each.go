package store

import (
	"context"
	"slices"
)

// itemsPerTx is the number of items that UpdateEach handles in one transaction.
const itemsPerTx = 30

// UpdateEach calls do with each item, in as few transactions as possible. The limit is kvdb.MaxKeys, assuming that an item
// touches at most four keys, less the few of an audit entry. Other transactions can write in between, so do must read again any
// record that was read before.
func UpdateEach[T any](ctx context.Context, s *Store, items []T, do func(*Tx, T)) error {
	for some := range slices.Chunk(items, itemsPerTx) {
		if err := s.Update(ctx, func(tx *Tx) error {
			for _, item := range some {
				do(tx, item)
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}
