package maintenance

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"loket/flows/dutch"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/kvdb"
)

// Forgotten counts the records that were removed, or are to be.
type Forgotten struct {
	Numbers    int `json:"activation_numbers"`
	Messages   int `json:"messages"`
	Tries      int `json:"tries"`      // subjects of wrong answers
	Terminals  int `json:"terminals"`  // with wrong answers
	Requests   int `json:"requests"`   // counts of earlier days
	Challenges int `json:"challenges"` // of phones
	Audit      int `json:"audit"`      // entries
}

// LogValue implements [slog.LogValuer].
func (f Forgotten) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Int("activation_numbers", f.Numbers), slog.Int("messages", f.Messages), slog.Int("tries", f.Tries),
		slog.Int("terminals", f.Terminals), slog.Int("requests", f.Requests), slog.Int("challenges", f.Challenges), slog.Int("audit", f.Audit),
	)
}

// Forget removes what has been kept for long enough, and scrubs the database file
// of that and of all that was removed before. While others read from the file all
// the time, scrubbing is left to the next Forget. Trouble with one kind of record
// does not keep the others. While the clock is not believed, nothing is removed.
func (k *Keeper) Forget(ctx context.Context) (f Forgotten, err error) {
	f, err = k.tidy(ctx, remove)
	if f != (Forgotten{}) {
		err = errors.Join(err, k.tell(ctx, f))
	}
	if scrubbed := Scrub(ctx, k.Store, k.Clock); !errors.Is(scrubbed, kvdb.ErrBusy) {
		err = errors.Join(err, scrubbed)
	}
	return f, err
}

// tell has the audit log say what was removed: of its own entries, too.
func (k *Keeper) tell(ctx context.Context, f Forgotten) error {
	return k.note(ctx, fmt.Sprintf("removed %d numbers, %d messages, %d entries of this log", f.Numbers, f.Messages, f.Audit))
}

// note has the audit log say what came of retention.
func (k *Keeper) note(ctx context.Context, outcome string) error {
	return k.Store.Update(ctx, func(tx *store.Tx) error {
		tx.Record(store.AuditEntry{Terminal: "upkeep", Flow: "upkeep", Step: "retention", Outcome: outcome})
		return nil
	})
}

// Due counts what Forget would remove, and changes nothing.
func (k *Keeper) Due(ctx context.Context) (Forgotten, error) { return k.tidy(ctx, count) }

// A mode is what to do with records that were kept for long enough.
type mode bool

const (
	count  mode = false
	remove mode = true
)

// tidy looks at every kind of record, if the clock is believed.
func (k *Keeper) tidy(ctx context.Context, m mode) (f Forgotten, err error) {
	if err := k.believe(ctx, m); err != nil {
		return f, err
	}
	for _, kind := range []struct {
		name  string
		count *int
		tidy  func(context.Context, mode) (int, error)
	}{
		{"activation numbers", &f.Numbers, k.tidyNumbers},
		{"messages", &f.Messages, k.tidyMessages},
		{"wrong answers", &f.Tries, k.tidyTries},
		{"terminals", &f.Terminals, k.tidyTerminals},
		{"requests", &f.Requests, k.tidyRequests},
		{"challenges", &f.Challenges, k.tidyChallenges},
		{"the audit log", &f.Audit, k.tidyLog},
	} {
		n, failed := kind.tidy(ctx, m)
		if *kind.count = n; failed != nil {
			err = errors.Join(err, fmt.Errorf("look after %s: %w", kind.name, failed))
		}
	}
	return f, err
}

// tidyNumbers removes activation numbers that are of no use to anybody for long.
// One that has not expired stays, whatever else became of it: as long as it is
// known to be used or revoked, an import that has it again does not make it good.
func (k *Keeper) tidyNumbers(ctx context.Context, m mode) (int, error) {
	over := func(n store.ActivationNumber, now time.Time) bool {
		ended := n.Expires
		switch n.State(now) {
		case store.NumberUsed:
			ended = n.Used
		case store.NumberRevoked:
			ended = n.Revoked
		}
		return longAgo(ended, now, k.Settings.UsedNumbers) && !now.Before(n.Expires)
	}
	return clearOut(ctx, k.Store, store.NumberRecords, m, over, func(tx *store.Tx, _ string, n store.ActivationNumber) { tx.DeleteNumber(n.ID) })
}

// tidyMessages removes messages that were sent. Those that were given up are for
// an operator to look at.
func (k *Keeper) tidyMessages(ctx context.Context, m mode) (int, error) {
	over := func(m store.Message, now time.Time) bool {
		return m.State() == store.MessageSent && longAgo(m.Sent, now, k.Settings.SentMessages)
	}
	return clearOut(ctx, k.Store, store.MessageRecords, m, over, func(tx *store.Tx, _ string, m store.Message) { tx.DeleteMessage(m.ID) })
}

// tidyTries removes what is known of subjects that nobody guessed at lately. When
// the last wrong answer came is not known of those from before that was kept: it
// counts as having come when they are first seen here, which is never too early.
func (k *Keeper) tidyTries(ctx context.Context, m mode) (int, error) {
	undated := func(t store.Attempts, _ time.Time) bool { return t.Wrong > 0 && t.Last.IsZero() }
	over := func(t store.Attempts, now time.Time) bool {
		switch {
		case t.Wrong == 0: // the right answer came since
			return true
		case t.Wrong >= k.off || undated(t, now) || now.Before(t.NotBefore):
			return false
		}
		return longAgo(t.Last, now, k.Settings.WrongAnswers)
	}
	n, err := clearOut(ctx, k.Store, store.AttemptsRecords, m, over, drop(store.AttemptsRecords))
	if err != nil || m == count {
		return n, err
	}
	_, err = clearOut(ctx, k.Store, store.AttemptsRecords, m, undated, func(tx *store.Tx, key string, t store.Attempts) {
		t.Last = tx.Now
		store.AttemptsRecords.Put(tx, key, t)
	})
	return n, err
}

// tidyTerminals removes what is known of terminals where nobody guessed lately.
func (k *Keeper) tidyTerminals(ctx context.Context, m mode) (int, error) {
	over := func(t store.TerminalAttempts, now time.Time) bool {
		if now.Before(t.PausedUntil) || len(t.Wrong) == 0 {
			return false
		}
		return longAgo(t.Wrong[len(t.Wrong)-1], now, k.Settings.WrongAnswers)
	}
	return clearOut(ctx, k.Store, store.TerminalRecords, m, over, drop(store.TerminalRecords))
}

// tidyRequests removes counts of days before yesterday. Only today's count.
func (k *Keeper) tidyRequests(ctx context.Context, m mode) (int, error) {
	over := func(r store.Requests, now time.Time) bool { return r.Day < dutch.DateOf(now).AddDays(-1).String() }
	return clearOut(ctx, k.Store, store.RequestsRecords, m, over, drop(store.RequestsRecords))
}

// tidyChallenges removes what phones can no longer answer. It tells which of them
// did, and so who was where.
func (k *Keeper) tidyChallenges(ctx context.Context, m mode) (int, error) {
	over := func(c store.Challenge, now time.Time) bool { return longAgo(c.Expires, now, k.Settings.Challenges) }
	return clearOut(ctx, k.Store, store.ChallengeRecords, m, over, drop(store.ChallengeRecords))
}

// tidyLog removes the oldest entries of the audit log, and the activity of
// customers that they are in.
func (k *Keeper) tidyLog(ctx context.Context, m mode) (n int, err error) {
	if k.Settings.Audit == 0 {
		return 0, nil
	}
	before := k.Clock.Now().Add(-k.Settings.Audit)
	if m == remove {
		return auditlog.ForgetBefore(ctx, k.Store, before)
	}
	err = k.Store.View(ctx, func(tx *store.Tx) error {
		n = 0
		for e := range auditlog.Entries(tx) {
			if !e.At.Before(before) {
				break
			}
			n++
		}
		return nil
	})
	return n, err
}

// longAgo tells whether something is longer ago than it is kept. Zero is for ever.
func longAgo(at, now time.Time, keep time.Duration) bool { return keep > 0 && now.Sub(at) > keep }

func drop[T any](table store.Table[T]) func(*store.Tx, string, T) {
	return func(tx *store.Tx, key string, _ T) { table.Delete(tx, key) }
}

// inOneView is how many records are looked at in one View: some milliseconds.
const inOneView = 1000

// clearOut does something with each record of a table that is over, and counts them.
// It looks at some of the table at a time, and again at each record before it does
// anything, since others write meanwhile.
func clearOut[T any](ctx context.Context, s *store.Store, table store.Table[T], m mode, over func(record T, now time.Time) bool, do func(tx *store.Tx, key string, record T)) (n int, err error) {
	for last, more := "", true; more; {
		var found []string
		if found, last, more, err = overAfter(ctx, s, table, last, over); err != nil {
			return n, err
		}
		if m == remove {
			if err := store.Each(ctx, s, found, func(tx *store.Tx, key string) {
				if record, still := table.Get(tx, key); still && over(record, tx.Now) {
					do(tx, key, record)
				}
			}); err != nil {
				return n, err
			}
		}
		n += len(found)
	}
	return n, nil
}

// overAfter gives the keys of records that are over, among the first ones after a
// key. It tells which was the last that it looked at, and whether there may be more.
func overAfter[T any](ctx context.Context, s *store.Store, table store.Table[T], after string, over func(record T, now time.Time) bool) (found []string, last string, more bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		found, last, more = nil, after, false
		looked := 0
		for key, record := range table.After(tx, after) {
			if over(record, tx.Now) {
				found = append(found, key)
			}
			last = key
			if looked++; looked == inOneView {
				more = true
				break
			}
		}
		return nil
	})
	return found, last, more, err
}
