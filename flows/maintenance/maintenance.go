// Package maintenance does the background work of a process that has the store open: it folds entries into the audit log,
// checks that the store can still commit, mends the indexes after an import that was interrupted, advances the believed moment (a
// time that does not follow jumps of the machine's clock), and removes expired records once a day.
//
// The package builds on package store, and on flows/clock for the time. Start at Runner. Then read retention.go (which records
// are removed when), believe.go (when nothing is removed), bound.go (which end times are lowered), or log.go (which writes
// checkpoints of the audit log outside the store).
package maintenance

import (
	"context"
	"errors"
	"sync"
	"time"

	"loket/store/lease"
)

// Run does the background work of the store until ctx is done. If several processes share a store, one of them folds the audit
// log and one removes expired records. When that process stops, another takes over. It does no harm if two do so at the same
// time, because each transaction checks again what it changes.
func (r *Runner) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { r.maintainAuditLog(ctx) })
	all.Go(func() { r.removeDaily(ctx) })
	all.Go(func() { r.watchStore(ctx) })
	all.Go(func() { r.watchIndexes(ctx) })
	all.Go(func() { r.watchClock(ctx) })
	all.Wait()
}

const (
	// firstRemovalDelay is the wait before the first removal after a start, so that the removal does not slow the desk for its
	// first visitors.
	firstRemovalDelay = time.Minute
	removalInterval   = 24 * time.Hour
	removalRetryDelay = time.Hour // removalRetryDelay is the wait after a removal that failed.
)

// removeDaily removes expired records once a day, in only one of all processes.
func (r *Runner) removeDaily(ctx context.Context) {
	for wait := firstRemovalDelay; r.Clock.Wait(ctx, wait) == nil; {
		switch until, err := r.removeIfDue(ctx); {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errClockUnproven):
			wait = removalRetryDelay
			r.Log.Info("retention waits", "because", err, "again", wait)
		case err != nil:
			wait = removalRetryDelay
			r.Log.Error("retention did not succeed", "error", err, "again", wait)
		default:
			wait = max(until.Sub(r.Clock.Now()), time.Second)
		}
	}
}

// removeIfDue removes expired records, unless another process is doing so or has done so in the last day. It returns when to
// try again.
func (r *Runner) removeIfDue(ctx context.Context) (until time.Time, err error) {
	if _, err := r.checkClock(ctx); err != nil {
		return until, err // The lease stays free for a process whose clock is believed.
	}
	mine, until, err := r.acquireLease(ctx, lease.Retention, removalRetryDelay, removalInterval)
	if err != nil || !mine {
		return until, err
	}
	removed, err := r.RemoveExpired(ctx)
	if err != nil {
		return until, err
	}
	r.Log.Info("retention done", "removed", removed)
	_, until, err = r.acquireLease(ctx, lease.Retention, removalInterval, removalInterval)
	return until, err
}
