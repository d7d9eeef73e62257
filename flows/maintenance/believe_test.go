package maintenance

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/desk"
	"loket/store"
)

// furnish puts a record of each kind that retention removes into the store, with audit
// log entries.
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
		tx.PutRecentTimes("Utrecht 1", store.RecentTimes{Times: []time.Time{tx.Now}})
		tx.PutRequests("username for K1", store.DailyRequests{Day: "1999-12-01", Count: 3})
		tx.PutChallenge("BCDF-GHJK", store.Challenge{Expires: tx.Now})
	})
	o.accept(t)
}

var allFurnished = RemovalCounts{Numbers: 1, Messages: 1, Attempts: 1, RecentTimes: 1, Requests: 1, Challenges: 1}

// kept checks that CountExpired and RemoveExpired remove nothing, and return why.
func (o *office) kept(t *testing.T, why error) {
	t.Helper()
	before, err := o.Store.CountRecords(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for what, look := range map[string]func(context.Context) (RemovalCounts, error){"due": o.CountExpired, "removed": o.RemoveExpired} {
		if f, err := look(t.Context()); f != (RemovalCounts{}) || !errors.Is(err, why) || !strings.HasPrefix(err.Error(), "nothing was removed: ") {
			t.Errorf("%s is %+v, %v", what, f, err)
		}
	}
	after, err := o.Store.CountRecords(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for table, n := range before {
		if after[table] < n {
			t.Errorf("of %d records of %s there are %d", n, table, after[table])
		}
	}
}

// TestClockAhead: a wrong clock, however wrong, removes nothing of any kind; after it is
// corrected nothing is missing, or kept for longer.
func TestClockAhead(t *testing.T) {
	for name, off := range map[string]time.Duration{
		"32 days": 32 * day, "90 days": 90 * day, "ten years": 3653 * day, "ten years behind": -3653 * day, "two hours behind": -2 * time.Hour,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(t)
				o.furnish(t)
				for range 3 {
					o.Clock.Advance(off)
					o.kept(t, errClockNotBelieved)
					o.visited(t)
					o.kept(t, errClockNotBelieved)
					o.Clock.Advance(-off)
				}
				if f := o.forget(t); f != (RemovalCounts{Requests: 1}) { // of last month
					t.Errorf("removed %+v", f)
				}
				o.later(t, 400*day)
				all := allFurnished
				all.Requests = 0
				if f := o.forget(t); f != all {
					t.Errorf("removed %+v", f)
				}
			})
		})
	}
}

// TestClockAheadABit: a clock that is off by less than a month is believed, and still
// removes nothing, because the believed moment does not jump with it.
func TestClockAheadABit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.furnish(t)
		o.later(t, 25*day) // sent messages are kept for another five days
		o.Clock.Advance(30 * day)
		if f := o.forget(t); f.Messages+f.Attempts+f.RecentTimes > 0 {
			t.Errorf("removed %+v", f)
		}
	})
}

// TestNewStore: until the clock is proven right, nothing is removed.
func TestNewStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.update(t, func(tx *store.Tx) { tx.PutAttempts("password of anna", store.Attempts{}) })
		o.kept(t, errClockUnproven)
		o.visited(t)
		o.kept(t, errClockUnproven)
		o.accept(t)
		if f := o.forget(t); f != (RemovalCounts{Attempts: 1}) {
			t.Errorf("removed %+v", f)
		}
	})
}

// runs runs the maintenance of the office for a time.
func (o *office) runs(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { o.Run(ctx); close(done) }()
	synctest.Wait()
	return func() { cancel(); <-done }
}

// TestOpenForADay: a desk that has never been open settles by itself once it was open for
// a day with a right clock.
func TestOpenForADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.update(t, func(tx *store.Tx) { tx.PutAttempts("password of anna", store.Attempts{}) })
		defer o.runs(t)()
		time.Sleep(day)
		synctest.Wait()
		if log := o.log.take(); strings.Contains(log, "retention done") || strings.Contains(log, "level=ERROR") {
			t.Errorf("before a day is over, the log has\n%s", log)
		}
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if log := o.log.take(); !strings.Contains(log, "retention done") {
			t.Errorf("after a day, the log has\n%s", log)
		}
	})
}

// TestClosedForMonths: a desk that was closed for three months opens without help, logs
// that its clock is not believed and removes nothing; after a week, nights included, it
// does.
func TestClosedForMonths(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.furnish(t)
		o.Clock.Advance(400 * day)
		stop := o.runs(t)
		if log := o.log.take(); !strings.Contains(log, "is not believed") || !strings.Contains(log, "level=ERROR") {
			t.Errorf("the log has\n%s", log)
		}
		if now := o.Clock.Now(); time.Until(now) != 400*day {
			t.Errorf("it is served by %v", now)
		}
		for range 2 { // and a restart
			time.Sleep(7*day/2 - 10*time.Minute)
			synctest.Wait()
			if log := o.log.take(); strings.Contains(log, "retention done") {
				t.Errorf("before a week is over, the log has\n%s", log)
			}
			stop()
			o.Clock.Advance(12 * time.Hour)
			stop = o.runs(t)
		}
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if log := o.log.take(); !strings.Contains(log, "is believed again") || !strings.Contains(log, "removed.activation_numbers=1") {
			t.Errorf("after a week, the log has\n%s", log)
		}
		stop()
	})
}

// TestVouched: a clock that the kernel vouches for is believed at once.
func TestVouched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.furnish(t)
		o.Clock.Advance(400 * day)
		o.Clock.SetKernelClock(func() (time.Time, bool) { return o.Clock.MachineNow(), true })
		defer o.runs(t)()
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if log := o.log.take(); strings.Contains(log, "not believed") || !strings.Contains(log, "removed.activation_numbers=1") {
			t.Errorf("the log has\n%s", log)
		}
	})
}

// TestBound: end times that a clock stored while it was ahead are bounded by their
// settings after it is corrected, even if nothing reads the records.
func TestBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.accept(t)
		defer o.runs(t)()
		o.Clock.Advance(3653 * day)
		s := o.Desk.Settings
		o.update(t, func(tx *store.Tx) {
			tx.PutAccount(store.Account{Customer: "K1", Username: "anna",
				Temporary: store.TemporaryPassword{Hash: "h", Expires: tx.Now.Add(s.TemporaryByEmail)},
				NewEmail:  store.NewEmail{Address: "a@example.org", Expires: tx.Now.Add(s.CodeLasts)}})
			tx.PutAttempts("password of anna", store.Attempts{Wrong: 9, NotBefore: tx.Now.Add(s.LongestWait), Last: tx.Now})
			tx.PutRecentTimes("Utrecht 1", store.RecentTimes{Times: []time.Time{tx.Now}, PausedUntil: tx.Now.Add(s.TerminalPause)})
			tx.PutChallenge("BCDF-GHJK", store.Challenge{Purpose: store.PurposeLogIn, Expires: tx.Now.Add(s.AppLogIn)})
			tx.PutCustomer(store.Customer{ID: "K9", BirthDate: "1980-01-01", Origin: 1})
			tx.BeginErasure("K9")
			tx.PutRequests("username for K1", store.DailyRequests{Day: "2010-01-01", Count: 3})
			tx.PutNumber(store.ActivationNumber{Number: "123456789012", Issued: tx.Now, ArrivesBy: tx.Now, Expires: tx.Now.Add(180 * day)})
			tx.PutNumber(store.ActivationNumber{Number: "210987654321", Issued: tx.Now, Expires: tx.Now.Add(180 * day)}) // as from the bank's feed
		})
		time.Sleep(2 * time.Minute)
		o.Clock.Advance(-3653 * day)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if err := o.Store.View(t.Context(), func(tx *store.Tx) error {
			within := func(what string, ends time.Time, most time.Duration) {
				if lasts := ends.Sub(tx.Now); lasts > most {
					t.Errorf("%s lasts %v", what, lasts)
				}
			}
			a, _ := store.AccountRecords.Get(tx, tx.AccountKey("K1"))
			within("temporary password", a.Temporary.Expires, 40*day)
			within("code", a.NewEmail.Expires, desk.SlowTimeFactor*s.CodeLasts)
			for key, r := range store.WrongAttemptsRecords.RecordsAfter(tx, "") {
				within(key, r.NotBefore, s.LongestWait)
				within(key, r.Last, 0)
			}
			for key, m := range store.ErasureMarks.RecordsAfter(tx, "") {
				within(key, m.At, 0)
			}
			for key, r := range store.RecentTimesRecords.RecordsAfter(tx, "") {
				within(key, r.PausedUntil, s.TerminalPause)
			}
			for key, r := range store.ChallengeRecords.RecordsAfter(tx, "") {
				within(key, r.Expires, desk.SlowTimeFactor*s.AppLogIn)
			}
			for _, r := range store.DailyRequestsRecords.RecordsAfter(tx, "") {
				if r.Day != "2000-01-01" || r.Count != 0 {
					t.Errorf("requests %+v", r)
				}
			}
			for key, n := range store.NumberRecords.RecordsAfter(tx, "") {
				if !n.ArrivesBy.IsZero() {
					within(key, n.Expires, 181*day)
				} else if n.Expires.Sub(tx.Now) < 3653*day {
					t.Error("a number of the bank's feed ends earlier than that says")
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	})
}
