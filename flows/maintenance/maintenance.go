// Package maintenance does what a process that has the store open has to do beside its
// visitors: it folds what happens into the audit log, looks whether the store still keeps
// what it is given, keeps what time is believed, and once a day it removes what has been
// kept for long enough.
//
// It stands on the store, and on flows/clock for what time it is. Start at Runner.
// Then read retention.go, which says what is removed when,
// believe.go, which says when nothing is, bound.go, which says what is made to end, or log.go, which has copies of the log's
// checkpoints stand outside the store.
package maintenance

import (
	"context"
	"errors"
	"sync"
	"time"

	"loket/store"
)

// Run looks after the store until ctx is done. Of several processes one folds, and
// one tidies up; another takes that over when it is gone. It does no harm if two do
// so for a while: each transaction looks again at what it changes.
func (r *Runner) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { r.maintainLog(ctx) })
	all.Go(func() { r.removeDaily(ctx) })
	all.Go(func() { r.watchStore(ctx) })
	all.Go(func() { r.keepTime(ctx) })
	all.Wait()
}

const (
	firstRemovalDelay = time.Minute // after the start, when whoever waits for a desk has it
	daily             = 24 * time.Hour
	failureDelay      = time.Hour // after a failure
)

// removeDaily has what was kept for long enough removed, once a day by one of all
// processes.
func (r *Runner) removeDaily(ctx context.Context) {
	for wait := firstRemovalDelay; r.Clock.Wait(ctx, wait) == nil; {
		switch until, err := r.removeOnce(ctx); {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errNew):
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

// removeOnce tidies up, unless somebody has done that in the last day or does it now,
// and returns when to look again.
func (r *Runner) removeOnce(ctx context.Context) (until time.Time, err error) {
	if _, err := r.checkClock(ctx); err != nil {
		return until, err // and leave the lease to one whose clock is believed
	}
	mine, until, err := r.acquire(ctx, store.RetentionLease, failureDelay, daily)
	if err != nil || !mine {
		return until, err
	}
	removed, err := r.Remove(ctx)
	if err != nil {
		return until, err
	}
	r.Log.Info("retention done", "removed", removed)
	_, until, err = r.acquire(ctx, store.RetentionLease, daily, daily)
	return until, err
}
