package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/store"
)

// boundsApart is the shortest time between two passes that bound end times, so that
// clocks that disagree do not start passes all the time.
const boundsApart = time.Hour

// bound lowers each stored end or wait time to its setting from now, if a clock that was
// ahead stored a later one. Readers of a record see the bounded time already; but as long
// as it is not stored, the time starts again at each read and never ends. The courier
// bounds messages that wait.
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

// boundAll stores each record of a table with its end times bounded by within.
func boundAll[T any](ctx context.Context, s *store.Store, table store.Table[T], p pass, within func(T, time.Time) T) error {
	needsBound := func(record T, now time.Time) bool {
		return store.Fingerprint(record) != store.Fingerprint(within(record, now))
	}
	_, err := clearOut(ctx, s, table, p, needsBound, func(tx *store.Tx, key string, record T) {
		table.Put(tx, key, within(record, p.now))
	})
	return err
}
