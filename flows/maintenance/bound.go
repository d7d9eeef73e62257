package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/store"
)

// boundsApart is how far apart two passes are that make things end, so that clocks that
// disagree do not have it done all the time.
const boundsApart = time.Hour

// bound makes everything end within its setting from now that was stored to wait or to
// end later than that, by a clock that was ahead. Who reads a record sees it so already;
// but what is not kept so begins anew at each look, and never ends. Messages that wait
// are for the courier to look at.
func (r *Runner) bound(ctx context.Context) error {
	if _, err := r.checkClock(ctx); err != nil {
		return err
	}
	settings, p := r.Desk.Settings, pass{modeRemove, r.Clock.Now().UTC().Truncate(time.Microsecond)}
	return errors.Join(
		boundAll(ctx, r.Store, store.NumberRecords, p, store.ActivationNumber.Within),
		boundAll(ctx, r.Store, store.AccountRecords, p, r.Desk.BoundAccount),
		boundAll(ctx, r.Store, store.ChallengeRecords, p, r.Desk.BoundChallenge),
		boundAll(ctx, r.Store, store.RequestsRecords, p, r.Desk.BoundRequests),
		boundAll(ctx, r.Store, store.AttemptsRecords, p, func(t store.Attempts, now time.Time) store.Attempts {
			return t.Within(settings.LongestWait, now)
		}),
		boundAll(ctx, r.Store, store.TerminalRecords, p, func(t store.TerminalAttempts, now time.Time) store.TerminalAttempts {
			return t.Within(settings.TerminalPause, now)
		}),
	)
}

// boundAll keeps each record of a table as it is to be read.
func boundAll[T any](ctx context.Context, s *store.Store, table store.Table[T], p pass, within func(T, time.Time) T) error {
	beyond := func(record T, now time.Time) bool {
		return store.Fingerprint(record) != store.Fingerprint(within(record, now))
	}
	_, err := clearOut(ctx, s, table, p, beyond, func(tx *store.Tx, key string, record T) {
		table.Put(tx, key, within(record, p.now))
	})
	return err
}
