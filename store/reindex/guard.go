// Package reindex mends the indexes of a store after a bulk load that was interrupted. Such a load writes index entries before their
// records, and deletes those of the facts before. So an entry may lead to a record that is not there, or a record may not be found by
// its facts, until the same load completes. That may never come, because the next file is another one, or because the record is erased.
//
// Start at Guard, which runs a load, and at WaitAndMend, for what must find every entry.
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
	Began    time.Time `cbor:"1,keyasint"`
	MustMend bool      `cbor:"2,keyasint,omitempty"` // MustMend reports whether the load must mend the indexes at its end.
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
		if err := awaitPoll(ctx); err != nil {
			return err
		}
	}
}

// awaitPoll waits until the lease may be free.
func awaitPoll(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(leasePoll):
		return nil
	}
}

// markAndLoad runs a bulk load while the mark exists. The caller holds the lease.
func markAndLoad(ctx context.Context, s *store.Store, load func(context.Context) error) error {
	if err := s.Update(ctx, func(tx *store.Tx) error {
		_, wasInterrupted := loadMarks.Get(tx, loadMarkKey)
		loadMarks.Put(tx, loadMarkKey, loadMark{Began: tx.Now, MustMend: wasInterrupted})
		return nil
	}); err != nil {
		return fmt.Errorf("begin to load: %w", err)
	}
	if err := load(ctx); err != nil {
		return err
	}
	mark, _, err := readMark(ctx, s)
	if err != nil {
		return fmt.Errorf("end the load: %w", err)
	}
	if mark.MustMend {
		return mendAndUnmark(ctx, s)
	}
	return deleteMark(ctx, s)
}

// RequireMending makes the load that is running mend the indexes at its end. A load calls it when it stored a part of some changes, and
// then could not store the others as they were.
func RequireMending(ctx context.Context, s *store.Store) error {
	return s.Update(ctx, func(tx *store.Tx) error {
		if mark, found := loadMarks.Get(tx, loadMarkKey); found && !mark.MustMend {
			mark.MustMend = true
			loadMarks.Put(tx, loadMarkKey, mark)
		}
		return nil
	})
}

// MendIfInterrupted mends the indexes if a bulk load was interrupted. It can be interrupted itself, and run again. While another load
// runs it does nothing, because that load mends the indexes at its end if it must.
func MendIfInterrupted(ctx context.Context, s *store.Store) error {
	_, err := mendIfInterrupted(ctx, s)
	return err
}

// WaitAndMend is like MendIfInterrupted, but while a load seems to run, it waits for as long as the lease of a process that was killed
// lasts. A load that runs for longer is alive, and mends the indexes at its end if it must.
func WaitAndMend(ctx context.Context, s *store.Store) error {
	for waited := time.Duration(0); ; waited += leasePoll {
		isWhole, err := mendIfInterrupted(ctx, s)
		if isWhole || err != nil || waited > leaseDuration {
			return err
		}
		if err := awaitPoll(ctx); err != nil {
			return err
		}
	}
}

// mendIfInterrupted reports whether the indexes are whole. They may not be while a load runs.
func mendIfInterrupted(ctx context.Context, s *store.Store) (isWhole bool, err error) {
	if _, isMarked, err := readMark(ctx, s); err != nil || !isMarked {
		return !isMarked, err
	}
	return withLease(ctx, s, rand.Text(), func(ctx context.Context) error { return mendAndUnmark(ctx, s) })
}

func mendAndUnmark(ctx context.Context, s *store.Store) error {
	if err := mendIndexes(ctx, s); err != nil {
		return fmt.Errorf("mend the indexes: %w", err)
	}
	return deleteMark(ctx, s)
}

func readMark(ctx context.Context, s *store.Store) (mark loadMark, found bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		mark, found = loadMarks.Get(tx, loadMarkKey)
		return nil
	})
	return mark, found, err
}

func deleteMark(ctx context.Context, s *store.Store) error {
	return s.Update(ctx, func(tx *store.Tx) error { loadMarks.Delete(tx, loadMarkKey); return nil })
}
