// Package maintenance does the background work of a process that has the store open: it
// folds entries into the audit log, checks that the store can still commit, advances the
// believed moment, and once a day removes what has been kept long enough.
//
// It stands on the store, and on flows/clock for the time. Start at Runner. Then read
// retention.go (what is removed when), believe.go (when nothing is removed), bound.go
// (which end times are bounded), or log.go (which writes checkpoints of the audit log
// outside the store).
package maintenance

import (
	"context"
	"errors"
	"sync"
	"time"

	"loket/store"
)

// Run does this work until ctx is done. Of several processes, one folds and one removes;
// when it is gone, another takes over. Two may do so at the same time without harm,
// because each transaction checks again what it changes.
func (r *Runner) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { r.maintainLog(ctx) })
	all.Go(func() { r.removeDaily(ctx) })
	all.Go(func() { r.watchStore(ctx) })
	all.Go(func() { r.keepTime(ctx) })
	all.Wait()
}

const (
	firstRemovalDelay = time.Minute // after the start, so that it does not delay the first visitors
	removalInterval   = 24 * time.Hour
	failureDelay      = time.Hour // after a failure
)

// removeDaily removes what has been kept long enough, once a day and in one of all
// processes.
func (r *Runner) removeDaily(ctx context.Context) {
	for wait := firstRemovalDelay; r.Clock.Wait(ctx, wait) == nil; {
		switch until, err := r.removeIfDue(ctx); {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errClockUnproven):
			wait = failureDelay
			r.Log.Info("retention waits", "because", err, "again", wait)
		case err != nil:
			wait = failureDelay
			r.Log.Error("retention did not succeed", "error", err, "again", wait)
		default:
			wait = max(until.Sub(r.Clock.Now()), time.Second)
		}
	}
}

// removeIfDue removes what has been kept long enough, unless another process does it now
// or did it in the last day. It returns when to try again.
func (r *Runner) removeIfDue(ctx context.Context) (until time.Time, err error) {
	if _, err := r.checkClock(ctx); err != nil {
		return until, err // leave the lease to a process whose clock is believed
	}
	mine, until, err := r.acquireLease(ctx, store.RetentionLease, failureDelay, removalInterval)
	if err != nil || !mine {
		return until, err
	}
	removed, err := r.Remove(ctx)
	if err != nil {
		return until, err
	}
	r.Log.Info("retention done", "removed", removed)
	_, until, err = r.acquireLease(ctx, store.RetentionLease, removalInterval, removalInterval)
	return until, err
}
