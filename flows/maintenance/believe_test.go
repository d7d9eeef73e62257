package maintenance

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/store"
	"loket/store/auditlog"
)

// furnish has the store hold something of each kind that retention removes, and some
// of the audit log.
func (o *office) furnish(t *testing.T) {
	t.Helper()
	o.update(t, issued(day, func(n *store.ActivationNumber, now time.Time) { n.Used = now }))
	o.update(t, func(tx *store.Tx) {
		tx.PutMessage(store.Message{Customer: "K1", Channel: store.ByEmail, Template: "username"})
		for m := range tx.Messages() {
			tx.MarkSent(m)
		}
	})
	o.update(t, func(tx *store.Tx) {
		tx.PutAttempts("password of anna", store.Attempts{Wrong: 1, Last: tx.Now})
		tx.PutTerminalAttempts("Utrecht 1", store.TerminalAttempts{Wrong: []time.Time{tx.Now}})
		tx.PutRequests("username for K1", store.Requests{Day: "1999-12-01", Asked: 3})
		tx.PutChallenge("BCDF-GHJK", store.Challenge{Expires: tx.Now})
	})
	o.visitedYesterday(t)
}

var allFurnished = Removed{Numbers: 1, Messages: 1, Attempts: 1, Terminals: 1, Requests: 1, Challenges: 1}

// kept sees that Due and Remove remove nothing, and say why.
func (o *office) kept(t *testing.T, why error) {
	t.Helper()
	before, err := o.Store.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for what, look := range map[string]func(context.Context) (Removed, error){"due": o.Due, "removed": o.Remove} {
		if f, err := look(t.Context()); f != (Removed{}) || !errors.Is(err, why) || !strings.HasPrefix(err.Error(), "nothing was removed: ") {
			t.Errorf("%s is %+v, %v", what, f, err)
		}
	}
	after, err := o.Store.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for table, n := range before {
		if after[table] < n {
			t.Errorf("of %d records of %s there are %d", n, table, after[table])
		}
	}
}

// TestClockAhead: a clock that is years ahead removes nothing of any kind, whatever
// is kept for ever, and whatever visitors do by it.
func TestClockAhead(t *testing.T) {
	record := func(t *testing.T, o *office) {
		o.update(t, func(tx *store.Tx) { tx.Record(store.AuditEntry{Flow: "log in"}) })
	}
	for name, before := range map[string]func(*testing.T, *office){
		"nobody comes":                  func(*testing.T, *office) {},
		"somebody comes":                func(t *testing.T, o *office) { o.visited(t) },
		"somebody comes, not yet in it": record,
		"it was so before, and is again": func(t *testing.T, o *office) {
			o.visited(t)
			o.Clock.Move(-800 * day)
			o.visited(t)
			o.Clock.Move(802 * day)
			o.visited(t)
		},
		"it was more before": func(t *testing.T, o *office) {
			o.Clock.Move(3000 * day)
			o.visited(t)
			o.Clock.Move(-3000 * day)
			o.visited(t)
		},
		"more come than are read at once": func(t *testing.T, o *office) {
			for range 600 {
				record(t, o)
			}
			o.visited(t)
		},
		"the log is kept for ever": func(_ *testing.T, o *office) { o.Settings.Audit = 0 },
		"all of it is too old":     func(t *testing.T, o *office) { o.Settings.Audit = ShortestAudit },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(t)
				o.furnish(t)
				o.Clock.Move(800 * day)
				before(t, o)
				o.kept(t, errClock)
			})
		})
	}
}

// TestClockAheadOfQueue: what waits to be added to the audit log counts as well.
func TestClockAheadOfQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.furnish(t)
		o.Clock.Move(800 * day)
		o.kept(t, errClock)
		o.Clock.Move(-2 * day)
		o.update(t, func(tx *store.Tx) { tx.Record(store.AuditEntry{Flow: "log in"}) })
		o.Clock.Move(2 * day)
		if f := o.due(t); f != allFurnished {
			t.Errorf("due is %+v", f)
		}
	})
}

// TestClockPutRight: what was recorded while the clock was ahead keeps nothing that
// is due by the right one.
func TestClockPutRight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.furnish(t)
		o.later(t, 367*day)
		o.Clock.Move(800 * day)
		o.visited(t)
		o.kept(t, errClock)
		o.Clock.Move(-800 * day)
		if f := o.forget(t); f != allFurnished {
			t.Errorf("removed %+v", f)
		}
	})
}

// TestClockBehind removes nothing, whether it is behind by all that was recorded or
// by some of it.
func TestClockBehind(t *testing.T) {
	for name, c := range map[string]struct {
		by  time.Duration
		why error
	}{"before the first entry": {1000 * day, errNew}, "after the first": {100 * day, nil}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(t)
				o.visitedYesterday(t)
				o.Clock.Move(200 * day)
				o.furnish(t)
				o.update(t, func(tx *store.Tx) { tx.PutRequests("username for K1", store.Requests{Day: "2000-07-19", Asked: 3}) })
				o.Clock.Move(-c.by)
				if c.why != nil {
					o.kept(t, c.why)
				} else if f := o.forget(t); f != (Removed{}) {
					t.Errorf("removed %+v", f)
				}
			})
		})
	}
}

// TestNewLog: with nothing to hold the clock against, nothing is removed; after a day
// there is something.
func TestNewLog(t *testing.T) {
	for name, visits := range map[string]int{"of nobody": 0, "of a visitor": 1} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(t)
				o.update(t, func(tx *store.Tx) { tx.PutAttempts("password of anna", store.Attempts{}) })
				for range visits {
					o.visited(t)
				}
				o.kept(t, errNew)
				o.Clock.Move(day - time.Microsecond)
				o.kept(t, errNew)
				o.Clock.Move(time.Microsecond)
				if f := o.forget(t); f != (Removed{Attempts: 1}) {
					t.Errorf("removed %+v", f)
				}
			})
		})
	}
}

// TestOpenForADay settles what a clock that is right is not believed to be, whether
// or not anybody comes, with one entry of the audit log that says so.
func TestOpenForADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.furnish(t)
		o.Clock.Move(800 * day) // it was closed for as long
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { o.Run(ctx); close(done) }()
		time.Sleep(day)
		synctest.Wait()
		if log := o.log.take(); strings.Count(log, "nothing was removed: ") != 24 || strings.Contains(log, "retention done") {
			t.Errorf("before a day is over, the log has\n%s", log)
		}
		if n := o.notes(t); n != 1 {
			t.Errorf("the audit log says %d times that nothing was removed", n)
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if log := o.log.take(); !strings.Contains(log, `retention done`) || !strings.Contains(log, "removed.activation_numbers=1") {
			t.Errorf("after a day, the log has\n%s", log)
		}
		stop()
		<-done
	})
}

// notes is how many entries of the audit log say that nothing was removed.
func (o *office) notes(t *testing.T) (n int) {
	t.Helper()
	if err := o.Store.View(t.Context(), func(tx *store.Tx) error {
		n = 0
		for e := range auditlog.All(tx) {
			if strings.HasPrefix(e.Outcome, "nothing removed") {
				n++
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return n
}
