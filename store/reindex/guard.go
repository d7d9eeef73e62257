// Package reindex mends the indexes of a store after a bulk load that was interrupted. Such a load writes index entries before their
// records, and deletes those of the facts before. So an entry may lead to a record that is not there, or a record may not be found by
// its facts, until the same load completes. That may never come, because the next file is another one, or because the record is erased.
//
// Start at Guard, which runs a load, and at MendIfInterrupted, for what must find every entry.
package reindex

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"loket/store"
)

// loadMark is the record under loadMarkKey, which exists from the beginning of a bulk load until the indexes are known to be sound.
// Whoever holds lease.Load and finds the mark knows that the load was interrupted.
type loadMark struct {
	Began time.Time `cbor:"1,keyasint"`
}

const loadMarkKey = store.MetaTable + "/load"

var loadMarks = store.NewTable[loadMark](store.MetaTable)

// soleWriter holds lease.Load during a load beside which nobody else writes. The next such load need not wait for the lease of one
// that was interrupted, because they have the same holder.
const soleWriter = "sole writer"

// Guard runs a bulk load. If an earlier load was interrupted, it mends the indexes afterwards. While a load runs, nobody else may write.
func Guard(ctx context.Context, s *store.Store, load func(context.Context) error) error {
	return guardAs(ctx, s, soleWriter, load)
}

// GuardConcurrent is like Guard, but others may write while the load runs. It waits until no other load runs.
func GuardConcurrent(ctx context.Context, s *store.Store, load func(context.Context) error) error {
	return guardAs(ctx, s, rand.Text(), load)
}

func guardAs(ctx context.Context, s *store.Store, holder string, load func(context.Context) error) error {
	for {
		isHeld, err := withLease(ctx, s, holder, func(ctx context.Context) error { return markAndLoad(ctx, s, load) })
		if isHeld || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(leasePoll):
		}
	}
}

// markAndLoad runs a bulk load while the mark exists. The caller holds the lease.
func markAndLoad(ctx context.Context, s *store.Store, load func(context.Context) error) error {
	wasInterrupted, err := wasInterrupted(ctx, s)
	if err == nil && !wasInterrupted {
		err = s.Update(ctx, func(tx *store.Tx) error { loadMarks.Put(tx, loadMarkKey, loadMark{tx.Now}); return nil })
	}
	if err != nil {
		return fmt.Errorf("begin to load: %w", err)
	}
	if err := load(ctx); err != nil {
		return err
	}
	if wasInterrupted {
		return mendAndUnmark(ctx, s)
	}
	return deleteMark(ctx, s)
}

// MendIfInterrupted mends the indexes if a bulk load was interrupted. It can be interrupted itself, and run again. While another load
// runs it does nothing, because that load mends the indexes at its end.
func MendIfInterrupted(ctx context.Context, s *store.Store) error {
	if was, err := wasInterrupted(ctx, s); err != nil || !was {
		return err
	}
	_, err := withLease(ctx, s, rand.Text(), func(ctx context.Context) error { return mendAndUnmark(ctx, s) })
	return err
}

func mendAndUnmark(ctx context.Context, s *store.Store) error {
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
