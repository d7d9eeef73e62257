package store

import (
	"context"
	"slices"
)

// itemsPerTx is how many items go into one transaction of Each.
const itemsPerTx = 30

// UpdateEach does something with each of many items, in as few transactions as MaxKeys
// allows if an item takes four keys at most. Meanwhile others can write: do looks
// again at what was found before.
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
