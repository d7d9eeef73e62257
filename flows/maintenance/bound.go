package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/store"
)

// boundInterval is the shortest time between two passes that bound end times, so that
// clocks that disagree do not start passes all the time.
const boundInterval = time.Hour

// boundEndTimes lowers each stored end or wait time to its setting from now, if a clock that was
// ahead stored a later one. Readers of a record see the bounded time already; but as long
// as it is not stored, the time starts again at each read and never ends. The courier
// bounds messages that wait.
func (r *Runner) boundEndTimes(ctx context.Context) error {
	if _, err := r.checkClock(ctx); err != nil {
		return err
	}
	settings, p := r.Desk.Settings, tablePass{modeRemove, r.Clock.Now().UTC().Truncate(time.Microsecond)}
	return errors.Join(
		boundTable(ctx, r.Store, store.NumberRecords, p, store.ActivationNumber.WithBoundedTimes),
		boundTable(ctx, r.Store, store.AccountRecords, p, r.Desk.LimitAccount),
		boundTable(ctx, r.Store, store.ChallengeRecords, p, r.Desk.LimitChallenge),
		boundTable(ctx, r.Store, store.RequestsRecords, p, r.Desk.LimitRequests),
		boundTable(ctx, r.Store, store.AttemptsRecords, p, func(t store.Attempts, now time.Time) store.Attempts {
			return t.WithBoundedTimes(settings.LongestWait, now)
		}),
		boundTable(ctx, r.Store, store.TerminalRecords, p, func(t store.TerminalAttempts, now time.Time) store.TerminalAttempts {
			return t.WithBoundedTimes(settings.TerminalPause, now)
		}),
	)
}

// boundTable stores each record of a table with its end times bounded by within.
func boundTable[T any](ctx context.Context, s *store.Store, table store.Table[T], p tablePass, within func(T, time.Time) T) error {
	needsBound := func(record T, now time.Time) bool {
		return store.Fingerprint(record) != store.Fingerprint(within(record, now))
	}
	_, err := forEachExpired(ctx, s, table, p, needsBound, func(tx *store.Tx, key string, record T) {
		table.Put(tx, key, within(record, p.now))
	})
	return err
}
