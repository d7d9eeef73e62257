package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/store"
	"loket/store/fingerprint"
)

// capTimesInterval is the shortest time between two passes that lower end times. The limit keeps machines whose clocks disagree
// from starting one pass after another.
const capTimesInterval = time.Hour

// capEndTimes lowers stored end and wait times that a clock running ahead set too late: each becomes at most the current
// time plus its setting. The time of an erasure becomes at most the current time. Code that reads a record applies the same bound, but if the bound is not stored, the time starts anew
// at each read and never ends. The courier bounds the wait times of messages.
func (r *Runner) capEndTimes(ctx context.Context) error {
	if _, err := r.checkClock(ctx); err != nil {
		return err
	}
	settings, p := r.Desk.Settings, tablePass{modeRemove, r.Clock.Now().UTC().Truncate(time.Microsecond)}
	return errors.Join(
		capTableTimes(ctx, r.Store, store.NumberRecords, p, store.ActivationNumber.WithBoundedTimes),
		capTableTimes(ctx, r.Store, store.AccountRecords, p, r.Desk.CapAccountExpiry),
		capTableTimes(ctx, r.Store, store.ChallengeRecords, p, r.Desk.CapChallengeExpiry),
		capTableTimes(ctx, r.Store, store.DailyRequestsRecords, p, r.Desk.CorrectRequestCounts),
		capTableTimes(ctx, r.Store, store.ErasureMarks, p, store.ErasureMark.WithBoundedTime),
		capTableTimes(ctx, r.Store, store.WrongAttemptsRecords, p, func(t store.Attempts, now time.Time) store.Attempts {
			return t.WithBoundedTimes(settings.LongestWait, now)
		}),
		capTableTimes(ctx, r.Store, store.RecentTimesRecords, p, func(t store.RecentTimes, now time.Time) store.RecentTimes {
			return t.WithBoundedTimes(settings.TerminalPause, now)
		}),
	)
}

// capTableTimes applies the function within, which lowers end times, to each record of a table, and stores the records that change.
func capTableTimes[T any](ctx context.Context, s *store.Store, table store.Table[T], p tablePass, within func(T, time.Time) T) error {
	needsBound := func(record T, now time.Time) bool {
		return fingerprint.OfRecord(record) != fingerprint.OfRecord(within(record, now))
	}
	_, err := forEachExpired(ctx, s, table, p, needsBound, func(tx *store.Tx, key string, record T) {
		table.Put(tx, key, within(record, p.now))
	})
	return err
}
