package maintenance

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"loket/flows/dutch"
	"loket/flows/erasure"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/reindex"
)

// RemovalCounts counts the records of each kind that were removed or are due for removal.
type RemovalCounts struct {
	Numbers      int `json:"activation_numbers"`
	Products     int `json:"products"`     // Products counts products that have ended.
	Applications int `json:"applications"` // Applications counts applications that the bank withdrew.
	Customers    int `json:"customers"`    // Customers counts customers who ended, and who went with everything about them.
	Messages     int `json:"messages"`
	Attempts     int `json:"tries"`      // Attempts counts the accounts and other subjects whose count of wrong answers is removed.
	RecentTimes  int `json:"terminals"`  // RecentTimes counts the removed records of wrong answers at terminals and of callers, and of opened cards.
	Requests     int `json:"requests"`   // Requests counts the daily counters of earlier days.
	Challenges   int `json:"challenges"` // Challenges counts login challenges for phones.
	Audit        int `json:"audit"`      // Audit counts entries of the audit log.
	Copies       int `json:"copies"`     // Copies counts copies of the store that were made before a migration.
}

// LogValue implements [slog.LogValuer].
func (f RemovalCounts) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Int("activation_numbers", f.Numbers), slog.Int("products", f.Products), slog.Int("applications", f.Applications),
		slog.Int("customers", f.Customers), slog.Int("messages", f.Messages), slog.Int("tries", f.Attempts),
		slog.Int("terminals", f.RecentTimes), slog.Int("requests", f.Requests), slog.Int("challenges", f.Challenges), slog.Int("audit", f.Audit),
		slog.Int("copies", f.Copies),
	)
}

// RemoveExpired removes all expired records, and then scrubs all removed data from the database file. If another process is reading
// the file, scrubbing is left to the next call of RemoveExpired. An error with one kind of record does not stop the removal of other
// kinds. Index entries that an interrupted import left are removed too. While the clock is not believed, nothing is removed.
func (r *Runner) RemoveExpired(ctx context.Context) (f RemovalCounts, err error) {
	f, err = r.applyRetention(ctx, modeRemove)
	if records := f.withoutCustomers(); records != (RemovalCounts{}) {
		err = errors.Join(err, r.recordRemoved(ctx, records))
	}
	if err == nil {
		err = r.capEndTimes(ctx)
	}
	err = errors.Join(err, reindex.MendIfInterrupted(ctx, r.Store))
	if scrubbed := Scrub(ctx, r.Store, r.Clock); !errors.Is(scrubbed, ErrNotScrubbed) {
		err = errors.Join(err, scrubbed)
	}
	return f, err
}

// withoutCustomers returns f without the erased customers, of whom the erasure has recorded the number.
func (f RemovalCounts) withoutCustomers() RemovalCounts {
	f.Customers = 0
	return f
}

// recordRemoved records in the audit log how many records were removed, audit entries included.
func (r *Runner) recordRemoved(ctx context.Context, f RemovalCounts) error {
	return r.recordAuditOutcome(ctx, "retention", fmt.Sprintf("removed %d numbers, %d products, %d applications, %d messages, %d entries of this log", f.Numbers, f.Products, f.Applications, f.Messages, f.Audit))
}

// CountExpired counts the records that RemoveExpired would remove, without changing anything.
func (r *Runner) CountExpired(ctx context.Context) (RemovalCounts, error) {
	return r.applyRetention(ctx, modeCount)
}

// applyRetention removes or counts the expired records of every kind. It returns an error if the clock cannot be trusted.
func (r *Runner) applyRetention(ctx context.Context, m removeMode) (f RemovalCounts, err error) {
	now, err := r.checkClock(ctx)
	if err != nil {
		return f, err
	}
	for _, kind := range []struct {
		name  string
		count *int
		tidy  func(context.Context, tablePass) (int, error)
	}{
		{"activation numbers", &f.Numbers, r.tidyExpiredNumbers},
		{"products", &f.Products, r.tidyProducts},
		{"applications", &f.Applications, r.tidyApplications},
		{"customers", &f.Customers, r.tidyEndedCustomers},
		{"messages", &f.Messages, r.tidyMessages},
		{"wrong answers", &f.Attempts, r.tidyWrongAttempts},
		{"recent wrong answers and opened cards", &f.RecentTimes, r.tidyRecentTimes},
		{"requests", &f.Requests, r.tidyDailyRequests},
		{"challenges", &f.Challenges, r.tidyChallenges},
		{"the audit log", &f.Audit, r.tidyAuditLog},
		{"copies from before a migration", &f.Copies, r.tidyMigrationCopies},
	} {
		n, failed := kind.tidy(ctx, tablePass{m, now})
		if *kind.count = n; failed != nil {
			err = errors.Join(err, fmt.Errorf("look after %s: %w", kind.name, failed))
		}
	}
	return f, err
}

// tidyExpiredNumbers removes activation numbers that have been useless for long. A used or revoked number stays until it expires,
// because otherwise an import that contains it would make it valid again.
func (r *Runner) tidyExpiredNumbers(ctx context.Context, p tablePass) (int, error) {
	expired := func(n store.ActivationNumber, now time.Time) bool {
		ended := n.Expires
		switch n.NumberStateAt(now) {
		case store.NumberUsed:
			ended = n.Used
		case store.NumberRevoked:
			ended = n.Revoked
		}
		return isOlderThan(ended, now, r.Settings.UsedNumbers) && !now.Before(n.Expires)
	}
	return forEachExpired(ctx, r.Store, store.NumberRecords, p, expired, func(tx *store.Tx, _ string, n store.ActivationNumber) { tx.DeleteNumber(n.ID) })
}

// tidyProducts retires products that ended long ago.
func (r *Runner) tidyProducts(ctx context.Context, p tablePass) (int, error) {
	over := func(product store.Product, now time.Time) bool {
		return product.IsClosed() && isOlderThan(product.EndedAt(), now, r.Settings.ClosedProducts)
	}
	return forEachExpired(ctx, r.Store, store.ProductRecords, p, over, func(tx *store.Tx, _ string, product store.Product) { tx.RetireProduct(product.ID) })
}

// tidyApplications removes applications that the bank withdrew long ago. Their activation numbers go first, because each number
// must have an application.
func (r *Runner) tidyApplications(ctx context.Context, p tablePass) (int, error) {
	over := func(a store.Application, now time.Time) bool {
		return !a.Ended.IsZero() && isOlderThan(a.Ended, now, r.Settings.EndedApplications)
	}
	withdrawn := map[store.ApplicationID]bool{}
	n, err := forEachExpired(ctx, r.Store, store.ApplicationRecords, tablePass{modeCount, p.now}, func(a store.Application, now time.Time) bool {
		if over(a, now) {
			withdrawn[a.ID] = true
		}
		return over(a, now)
	}, nil)
	if n == 0 || err != nil || p.mode == modeCount {
		return n, err
	}
	_, err = forEachExpired(ctx, r.Store, store.NumberRecords, p, func(n store.ActivationNumber, _ time.Time) bool { return withdrawn[n.Application] }, func(tx *store.Tx, _ string, n store.ActivationNumber) {
		if a, found := tx.Application(n.Application); found && over(a, p.now) {
			tx.DeleteNumber(n.ID)
		}
	})
	if err != nil {
		return 0, err
	}
	return forEachExpired(ctx, r.Store, store.ApplicationRecords, p, over, func(tx *store.Tx, _ string, a store.Application) { tx.ForgetApplication(a) })
}

// tidyEndedCustomers erases customers who ended long ago. The transactions that erase them record it in the audit log, because an
// interrupted retention must not leave out whom it had erased.
func (r *Runner) tidyEndedCustomers(ctx context.Context, p tablePass) (int, error) {
	term := erasure.Term{Now: p.now, Keep: r.Settings.EndedCustomers}
	if p.mode == modeCount {
		return erasure.CountEnded(ctx, r.Store, term)
	}
	return erasure.EraseEnded(ctx, r.Desk, term, func(tx *store.Tx, customers int) {
		recordUpkeep(tx, "retention", fmt.Sprintf("erased %d customers who ended", customers))
	})
}

// tidyMessages removes messages that were sent long ago. Messages whose delivery was given up stay, because an operator may
// want to see them.
func (r *Runner) tidyMessages(ctx context.Context, p tablePass) (int, error) {
	expired := func(m store.Message, now time.Time) bool {
		return m.SendState() == store.MessageSent && isOlderThan(m.Sent, now, r.Settings.SentMessages)
	}
	return forEachExpired(ctx, r.Store, store.MessageRecords, p, expired, func(tx *store.Tx, _ string, m store.Message) { tx.DeleteMessage(m.ID) })
}

// tidyWrongAttempts removes the counts of wrong answers at accounts and other subjects that had none recently. A record of an older
// version lacks the time of the last wrong answer. It gets the time of this pass, which is never too early.
func (r *Runner) tidyWrongAttempts(ctx context.Context, p tablePass) (int, error) {
	undated := func(t store.Attempts, _ time.Time) bool { return t.Wrong > 0 && t.Last.IsZero() }
	expired := func(t store.Attempts, now time.Time) bool {
		switch {
		case !t.HasWrong(): // A right answer has reset the count.
			return true
		case t.Wrong >= r.Desk.Settings.TriesUntilOff || undated(t, now) || now.Before(t.LatestWaitEnd()):
			return false
		}
		return isOlderThan(t.Last, now, r.Settings.WrongAnswers)
	}
	n, err := forEachExpired(ctx, r.Store, store.WrongAttemptsRecords, p, expired, deleteFunc(store.WrongAttemptsRecords))
	if err != nil || p.mode == modeCount {
		return n, err
	}
	_, err = forEachExpired(ctx, r.Store, store.WrongAttemptsRecords, p, undated, func(tx *store.Tx, key string, t store.Attempts) {
		t.Last = p.now
		store.WrongAttemptsRecords.Put(tx, key, t)
	})
	return n, err
}

// tidyRecentTimes removes the times of wrong answers at terminals and of callers, and of opened cards, if none of them is recent.
func (r *Runner) tidyRecentTimes(ctx context.Context, p tablePass) (int, error) {
	expired := func(t store.RecentTimes, now time.Time) bool {
		if now.Before(t.PausedUntil) {
			return false
		}
		return len(t.Times) == 0 || isOlderThan(t.Times[len(t.Times)-1], now, r.Settings.WrongAnswers)
	}
	return forEachExpired(ctx, r.Store, store.RecentTimesRecords, p, expired, deleteFunc(store.RecentTimesRecords))
}

// tidyDailyRequests removes daily counters that are older than yesterday, unless a letter is still on its way. Only the counter of
// today is used.
func (r *Runner) tidyDailyRequests(ctx context.Context, p tablePass) (int, error) {
	expired := func(r store.DailyRequests, now time.Time) bool {
		return r.Day < dutch.DateOf(now).AddDays(-1).String() && !now.Before(r.LetterArrivesBy)
	}
	return forEachExpired(ctx, r.Store, store.DailyRequestsRecords, p, expired, deleteFunc(store.DailyRequestsRecords))
}

// tidyChallenges removes login challenges that phones can no longer answer. They are removed because a challenge shows which
// phone answered it, and so where its owner was.
func (r *Runner) tidyChallenges(ctx context.Context, p tablePass) (int, error) {
	expired := func(c store.Challenge, now time.Time) bool { return isOlderThan(c.Expires, now, r.Settings.Challenges) }
	return forEachExpired(ctx, r.Store, store.ChallengeRecords, p, expired, deleteFunc(store.ChallengeRecords))
}

// tidyAuditLog removes the oldest entries of the audit log. With them it removes the activity that customers can read.
func (r *Runner) tidyAuditLog(ctx context.Context, p tablePass) (n int, err error) {
	if r.Settings.Audit == 0 {
		return 0, nil
	}
	before := p.now.Add(-r.Settings.Audit)
	if p.mode == modeRemove {
		return auditlog.ForgetEntriesBefore(ctx, r.Store, before)
	}
	err = r.Store.View(ctx, func(tx *store.Tx) error {
		n = 0
		for e := range auditlog.LoggedEntries(tx) {
			if !e.At.Before(before) {
				break
			}
			n++
		}
		return nil
	})
	return n, err
}
