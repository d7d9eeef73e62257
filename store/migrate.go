package store

import (
	"context"
	"fmt"
)

// migrations bring a store of one schema version to the next. A migration that
// was interrupted is run again from its start.
var migrations = map[int]func(*Tx){
	1: giveTurns,
}

// migrate brings a store of an older schema version to this one, step by step.
func (s *Store) migrate(ctx context.Context, from int) error {
	for version := from; version < Version; version++ {
		if err := s.step(ctx, version); err != nil {
			return fmt.Errorf("migrate from schema version %d: %w", version, err)
		}
	}
	return nil
}

func (s *Store) step(ctx context.Context, version int) error {
	err := s.Bulk(ctx, func(tx *Tx) error { migrations[version](tx); return nil }, func(int, int) {})
	if err != nil {
		return err
	}
	return s.Update(ctx, func(tx *Tx) error { tx.putVersion(version + 1); return nil })
}

// giveTurns has every message tried, in the order in which they were written:
// when there was no courier yet, nothing was ever sent.
func giveTurns(tx *Tx) {
	for m := range tx.Messages() {
		if m.Due.IsZero() {
			tx.schedule(m, m.Written)
		}
	}
}
