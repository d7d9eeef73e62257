package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/store"
)

// boundInterval is the shortest time between two passes that lower end times. The limit keeps machines whose clocks disagree
// from starting one pass after another.
const boundInterval = time.Hour

// boundEndTimes lowers stored end and wait times that a clock running ahead set too late: each becomes at most the current
// time plus its setting. Code that reads a record applies the same bound, but if the bound is not stored, the time starts anew
// at each read and never ends. The courier bounds the wait times of messages.
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

// boundTable applies the function within, which lowers end times, to each record of a table, and stores the records that change.
func boundTable[T any](ctx context.Context, s *store.Store, table store.Table[T], p tablePass, within func(T, time.Time) T) error {
	needsBound := func(record T, now time.Time) bool {
		return store.Fingerprint(record) != store.Fingerprint(within(record, now))
	}
	_, err := forEachExpired(ctx, s, table, p, needsBound, func(tx *store.Tx, key string, record T) {
		table.Put(tx, key, within(record, p.now))
	})
	return err
}
