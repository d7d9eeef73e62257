// Package reindex mends the indexes of a store after a bulk load that was interrupted. Such a load writes index entries before their
// records, and deletes those of the facts before. So an entry may lead to a record that is not there, or a record may not be found by
// its facts, until the same load completes. That may never come, because the next file is another one, or because the record is erased.
//
// Start at Guard, which runs a load, and at MendIfInterrupted, for what must find every entry.
package reindex

import (
	"context"
	"fmt"
	"time"

	"loket/store"
)

// loadMark is the record under loadMarkKey, which exists from the beginning of a bulk load until the indexes are known to be sound.
type loadMark struct {
	Began time.Time `cbor:"1,keyasint"`
}

const loadMarkKey = store.MetaTable + "/load"

var loadMarks = store.NewTable[loadMark](store.MetaTable)

// Guard runs a bulk load. If an earlier load was interrupted, it mends the indexes afterwards. While a load runs, nobody else may write.
func Guard(ctx context.Context, s *store.Store, load func() error) error {
	wasInterrupted, err := wasInterrupted(ctx, s)
	if err == nil && !wasInterrupted {
		err = s.Update(ctx, func(tx *store.Tx) error { loadMarks.Put(tx, loadMarkKey, loadMark{tx.Now}); return nil })
	}
	if err != nil {
		return fmt.Errorf("begin to load: %w", err)
	}
	if err := load(); err != nil {
		return err
	}
	if wasInterrupted {
		return MendIfInterrupted(ctx, s)
	}
	return deleteMark(ctx, s)
}

// MendIfInterrupted mends the indexes if a bulk load was interrupted. It can be interrupted itself, and run again.
func MendIfInterrupted(ctx context.Context, s *store.Store) error {
	if was, err := wasInterrupted(ctx, s); err != nil || !was {
		return err
	}
	if err := mendIndexes(ctx, s); err != nil {
		return fmt.Errorf("mend the indexes: %w", err)
	}
	return deleteMark(ctx, s)
}

func wasInterrupted(ctx context.Context, s *store.Store) (was bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		_, was = loadMarks.Get(tx, loadMarkKey)
		return nil
	})
	return was, err
}

func deleteMark(ctx context.Context, s *store.Store) error {
	return s.Update(ctx, func(tx *store.Tx) error { loadMarks.Delete(tx, loadMarkKey); return nil })
}
