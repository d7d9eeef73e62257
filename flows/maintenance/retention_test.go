package maintenance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"loket/store"
	"loket/store/auditlog"
	"loket/store/kvdb"
)

var errBroken = errors.New("broken")

const day = 24 * time.Hour

// issued returns an activation number that expires after a time.
func issued(expires time.Duration, facts func(*store.ActivationNumber, time.Time)) func(*store.Tx) {
	return func(tx *store.Tx) {
		tx.PutApplication(store.Application{ID: "A1", Product: "P1", Applicants: []store.CustomerID{"K1"}})
		n := store.ActivationNumber{Number: "481620957733", Customer: "K1", Application: "A1", Issued: tx.Now, Expires: tx.Now.Add(expires)}
		tx.IssueNumber(n)
		facts(&n, tx.Now)
		tx.PutNumber(n)
	}
}

// withdrawn withdraws the application that has a number which could work for long.
func withdrawn(tx *store.Tx) {
	issued(800*day, func(*store.ActivationNumber, time.Time) {})(tx)
	a, _ := tx.Application("A1")
	tx.EndApplication(a)
}

// TestBorders puts a record of each kind into the store, and checks that it stays exactly
// as long as it should, to the microsecond.
func TestBorders(t *testing.T) {
	sent := func(tx *store.Tx) {
		tx.PutMessage(store.Message{Customer: "K1", Channel: store.ByEmail, Template: "username"})
		for m := range tx.Messages() {
			tx.MarkSent(m)
		}
	}
	challenge := func(c store.Challenge) func(*store.Tx) {
		return func(tx *store.Tx) {
			c.Expires = tx.Now.Add(2 * time.Minute)
			tx.PutChallenge("BCDF-GHJK", c)
		}
	}
	wrong := func(n int) func(*store.Tx) {
		return func(tx *store.Tx) { tx.PutAttempts("password of anna", store.Attempts{Wrong: n, Last: tx.Now}) }
	}
	for name, c := range map[string]struct {
		put  func(*store.Tx)
		keep time.Duration // from when it was put; 0 is for ever
		want RemovalCounts
	}{
		"used number":    {issued(day, func(n *store.ActivationNumber, now time.Time) { n.Used = now }), 366 * day, RemovalCounts{Numbers: 1}},
		"revoked number": {issued(day, func(n *store.ActivationNumber, now time.Time) { n.Revoked = now }), 366 * day, RemovalCounts{Numbers: 1}},
		"expired number": {issued(day, func(*store.ActivationNumber, time.Time) {}), 367 * day, RemovalCounts{Numbers: 1}},
		"used number that an import could bring again": {
			issued(800*day, func(n *store.ActivationNumber, now time.Time) { n.Used = now }), 800*day - time.Microsecond, RemovalCounts{Numbers: 1},
		},
		"product that was closed":        {closed(func(p *store.Product, now time.Time) { p.Closed = now.Format(time.DateOnly) }), 366 * day, RemovalCounts{Products: 1}},
		"product that was removed":       {closed(func(p *store.Product, now time.Time) { p.Ended = now }), 366 * day, RemovalCounts{Products: 1}},
		"product that goes on":           {closed(func(*store.Product, time.Time) {}), 0, RemovalCounts{}},
		"application that was withdrawn": {withdrawn, 366 * day, RemovalCounts{Applications: 1}},
		"customer who was removed":       {ended(func(c *store.Customer, now time.Time) { c.Ended = now }), 5 * 366 * day, RemovalCounts{Customers: 1}},
		"customer who died":              {ended(func(c *store.Customer, now time.Time) { c.Status = store.CustomerDeceased }), 5 * 366 * day, RemovalCounts{Customers: 1}},
		"customer who is blocked":        {ended(func(c *store.Customer, now time.Time) { c.Blocked = now }), 0, RemovalCounts{}},
		"sent message":                   {sent, 30 * day, RemovalCounts{Messages: 1}},
		"message that was given up": {func(tx *store.Tx) {
			tx.PutMessage(store.Message{Customer: "K1", Channel: store.ByEmail, Template: "username"})
			for m := range tx.Messages() {
				tx.MarkDead(m, "refused")
			}
		}, 0, RemovalCounts{}},
		"message that waits": {func(tx *store.Tx) { tx.PutMessage(store.Message{Channel: store.ByLetter}) }, 0, RemovalCounts{}},
		"wrong answer":       {wrong(1), 30 * day, RemovalCounts{Attempts: 1}},
		"wrong answers, nearly enough to put a password off": {wrong(99), 30 * day, RemovalCounts{Attempts: 1}},
		"wrong answers that put a password off":              {wrong(100), 0, RemovalCounts{}},
		"wrong answers about somebody at a terminal": {
			func(tx *store.Tx) {
				t := store.Attempts{Last: tx.Now}
				t.SetTerminalAttempts("Utrecht 1", store.Attempts{Wrong: 20, Last: tx.Now})
				tx.PutAttempts("password of anna", t)
			}, 30 * day, RemovalCounts{Attempts: 1},
		},
		"letter that is on its way": {
			func(tx *store.Tx) {
				tx.PutRequests("username for K1", store.DailyRequests{Day: "2000-01-01", LetterArrivesBy: tx.Now.Add(9 * day)})
			}, 9*day - time.Microsecond, RemovalCounts{Requests: 1},
		},
		"wrong answers at a terminal": {
			func(tx *store.Tx) {
				tx.PutRecentAttempts("Utrecht 1", store.RecentAttempts{Wrong: []time.Time{tx.Now.Add(-day), tx.Now}})
			}, 30 * day, RemovalCounts{Terminals: 1},
		},
		"pause of a terminal": {
			func(tx *store.Tx) {
				tx.PutRecentAttempts("Utrecht 1", store.RecentAttempts{Wrong: []time.Time{tx.Now}, PausedUntil: tx.Now.Add(40 * day)})
			},
			40*day - time.Microsecond, RemovalCounts{Terminals: 1},
		},
		"pause without times of wrong answers": {
			func(tx *store.Tx) { tx.PutRecentAttempts("Utrecht 1", store.RecentAttempts{PausedUntil: tx.Now.Add(day)}) },
			day - time.Microsecond, RemovalCounts{Terminals: 1},
		},
		"challenge that nobody answered": {challenge(store.Challenge{}), day + 2*time.Minute, RemovalCounts{Challenges: 1}},
		"challenge that was answered":    {challenge(store.Challenge{Answer: store.AnswerApprovalUsed}), day + 2*time.Minute, RemovalCounts{Challenges: 1}},
		"entry of the audit log":         {func(tx *store.Tx) { tx.RecordAudit(store.AuditEntry{Customer: "K1", Flow: "log in"}) }, 7 * 366 * day, RemovalCounts{Audit: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOffice(t)
				o.update(t, c.put)
				if _, err := auditlog.FoldQueued(t.Context(), o.Store); err != nil {
					t.Fatal(err)
				}
				if c.keep == 0 {
					o.later(t, 10_000*day)
					if f := o.forget(t); f != (RemovalCounts{}) {
						t.Errorf("removed %+v", f)
					}
					return
				}
				o.later(t, c.keep)
				before := o.dump(t)
				if f := o.forget(t); f != (RemovalCounts{}) || o.dump(t) != before {
					t.Errorf("removed %+v just before that is due", f)
				}
				o.later(t, time.Microsecond)
				before = o.dump(t)
				if f := o.due(t); f != c.want || o.dump(t) != before {
					t.Errorf("due is %+v, and counting it changed something: %v", f, o.dump(t) != before)
				}
				if f := o.forget(t); f != c.want {
					t.Errorf("removed %+v", f)
				}
				if f := o.due(t); f != (RemovalCounts{}) {
					t.Errorf("still due after that: %+v", f)
				}
			})
		})
	}
}

// TestForEver: with settings of zero, records are kept for ever.
func TestForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.Settings = Settings{}
		o.update(t, issued(day, func(n *store.ActivationNumber, now time.Time) { n.Used = now }))
		o.update(t, func(tx *store.Tx) {
			tx.PutAttempts("password of anna", store.Attempts{Wrong: 1, Last: tx.Now})
			tx.PutRecentAttempts("Utrecht 1", store.RecentAttempts{Wrong: []time.Time{tx.Now}})
			tx.PutChallenge("BCDF-GHJK", store.Challenge{Expires: tx.Now})
			tx.RecordAudit(store.AuditEntry{Flow: "log in"})
		})
		o.later(t, 10_000*day)
		if f := o.forget(t); f != (RemovalCounts{}) {
			t.Errorf("removed %+v", f)
		}
	})
}

// TestForgottenNumbersAreNowhere: no application refers to a removed number, and the
// application still records that there was one.
func TestForgottenNumbersAreNowhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.update(t, issued(day, func(n *store.ActivationNumber, now time.Time) { n.Used = now }))
		o.later(t, 367*day)
		o.forget(t)
		o.update(t, func(tx *store.Tx) {
			if _, found := tx.Number("481620957733"); found {
				t.Error("the number is still there")
			}
			a, _ := tx.Application("A1")
			if id, was := a.LatestNumbers["K1"]; id != "" || !was {
				t.Errorf("the newest number of the application is %q, %v", id, was)
			}
		})
	})
}

// TestRequestsOfEarlierDays: today's count and yesterday's (midnight may just have
// passed) stay; those of earlier days are removed, by the calendar of Amsterdam.
func TestRequestsOfEarlierDays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t) // at midnight UTC, on 1 January
		o.accept(t)
		for _, r := range []string{"1999-12-30", "1999-12-31", "2000-01-01"} {
			o.update(t, func(tx *store.Tx) { tx.PutRequests("username for "+r, store.DailyRequests{Day: r, Count: 3}) })
		}
		if f := o.forget(t); f.Requests != 1 {
			t.Errorf("removed %+v", f)
		}
		o.later(t, 23*time.Hour) // midnight in Amsterdam
		if f := o.forget(t); f.Requests != 1 {
			t.Errorf("removed %+v", f)
		}
	})
}

// TestUndatedTries: wrong answers from before their time was stored count from when
// retention first sees them, and those followed by a right answer are removed at once.
func TestUndatedTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.update(t, func(tx *store.Tx) {
			tx.PutAttempts("password of anna", store.Attempts{Wrong: 5})
			tx.PutAttempts("password of bert", store.Attempts{})
		})
		o.later(t, 100*day)
		if f := o.due(t); f.Attempts != 1 {
			t.Errorf("due is %+v", f)
		}
		if f := o.forget(t); f.Attempts != 1 {
			t.Errorf("removed %+v", f)
		}
		o.later(t, 30*day)
		if f := o.forget(t); f.Attempts != 0 {
			t.Errorf("removed %+v after 30 days", f)
		}
		o.later(t, time.Microsecond)
		if f := o.forget(t); f.Attempts != 1 {
			t.Errorf("removed %+v after more than 30 days", f)
		}
	})
}

// TestManyRecords: retention removes more records than one transaction can touch.
func TestManyRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		const many = 1000
		for from := 0; from < many; from += 20 {
			o.update(t, func(tx *store.Tx) {
				for i := from; i < from+20; i++ {
					n := store.ActivationNumber{Number: fmt.Sprintf("%012d", i), Customer: "K1", Application: store.ApplicationID(fmt.Sprint("A", i)), Expires: tx.Now}
					tx.PutApplication(store.Application{ID: n.Application, Applicants: []store.CustomerID{"K1"}})
					tx.IssueNumber(n)
					tx.PutMessage(store.Message{Customer: "K1", Channel: store.ByEmail})
				}
			})
			o.update(t, func(tx *store.Tx) {
				for turn := range tx.DueEntries(store.ByEmail) {
					m, _ := tx.Message(turn.Message)
					tx.MarkSent(m)
				}
			})
		}
		o.later(t, 367*day)
		if f := o.forget(t); f.Numbers != many || f.Messages != many {
			t.Errorf("removed %+v", f)
		}
		counts, err := o.Store.CountRecords(t.Context())
		if err != nil || counts["number"]+counts["outbox"]+counts["turn"] > 0 || counts["application"] != many {
			t.Errorf("left are %v, %v", counts, err)
		}
	})
}

// TestManyPeople tests that retention removes applications and products of 20 persons each, who together touch more keys than one
// transaction can.
func TestManyPeople(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		const many = 31
		for i := range many {
			requested, closed := store.ProductID(fmt.Sprint("requested", i)), store.ProductID(fmt.Sprint("closed", i))
			o.update(t, func(tx *store.Tx) {
				var people []store.CustomerID
				for p := range 20 {
					c := store.Customer{ID: store.CustomerID(fmt.Sprint("K", i, "-", p)), BirthDate: "1980-01-01"}
					c.AddHolding(closed)
					tx.PutCustomer(c)
					people = append(people, c.ID)
				}
				tx.PutProduct(store.Product{ID: requested, NormalisedNumber: string(requested), Holders: people})
				tx.PutApplication(store.Application{ID: store.ApplicationID(fmt.Sprint("A", i)), Product: requested, Applicants: people, Ended: tx.Now})
				tx.PutProduct(store.Product{ID: closed, NormalisedNumber: string(closed), Holders: people, Ended: tx.Now})
			})
		}
		o.later(t, 367*day)
		if f := o.forget(t); f.Applications != many || f.Products != many {
			t.Errorf("removed %+v", f)
		}
		if err := o.Store.View(t.Context(), func(tx *store.Tx) error {
			for p := range tx.Products() {
				if len(p.Holders) > 0 || p.Ended.IsZero() {
					t.Errorf("the product of a withdrawn application is %+v", p)
				}
			}
			for c := range tx.Customers() {
				if len(c.Holdings) > 0 {
					t.Errorf("a customer keeps %d holdings", len(c.Holdings))
				}
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
}

// TestRun: retention runs shortly after the start, then daily; after a failure sooner.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.accept(t)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { o.Run(ctx); close(done) }()
		runs := func(want string) {
			t.Helper()
			synctest.Wait()
			var got []string
			for line := range strings.Lines(o.log.take()) {
				for _, what := range []string{"retention done", "retention did not succeed"} {
					if strings.Contains(line, what) {
						got = append(got, line[len("time="):len("time=2000-01-01T00:00")]+" "+what)
					}
				}
			}
			if strings.Join(got, "; ") != want {
				t.Fatalf("the log tells of\n%s\nwant\n%s", strings.Join(got, "; "), want)
			}
		}
		time.Sleep(firstRemovalDelay - time.Second)
		runs("")
		time.Sleep(2 * time.Second)
		runs("2000-01-01T00:01 retention done")
		time.Sleep(removalInterval - 2*time.Second)
		runs("")
		o.engine.broken.Store(true)
		time.Sleep(2 * time.Second)
		runs("2000-01-02T00:01 retention did not succeed")
		time.Sleep(removalRetryDelay)
		runs("2000-01-02T01:01 retention did not succeed")
		o.engine.broken.Store(false)
		time.Sleep(removalRetryDelay)
		runs("2000-01-02T02:01 retention done")
		time.Sleep(removalInterval)
		runs("2000-01-03T02:01 retention done")
		stop()
		<-done
	})
}

// TestSeveralRunners: two concurrent runs remove everything once.
func TestSeveralRunners(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.update(t, issued(day, func(n *store.ActivationNumber, now time.Time) { n.Used = now }))
		for i := range 50 {
			o.update(t, func(tx *store.Tx) {
				tx.PutAttempts(fmt.Sprint("password of ", i), store.Attempts{Wrong: 1, Last: tx.Now})
			})
		}
		o.later(t, 400*day)
		failed := make(chan error, 2)
		for range 2 {
			go func() { _, err := o.RemoveExpired(t.Context()); failed <- err }()
		}
		for range 2 {
			if err := <-failed; err != nil {
				t.Error(err)
			}
		}
		if f := o.due(t); f != (RemovalCounts{}) {
			t.Errorf("still due: %+v", f)
		}
	})
}

// TestTroubleWithOneKind: a failure with one kind of record does not stop the others.
func TestTroubleWithOneKind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		o.update(t, func(tx *store.Tx) { tx.PutAttempts("password of anna", store.Attempts{Wrong: 1, Last: tx.Now}) })
		o.later(t, 31*day)
		if err := o.engine.Update(t.Context(), func(kv kvdb.KV) error { kv.Put("outbox/0damaged", []byte("x")); return nil }); err != nil {
			t.Fatal(err)
		}
		f, err := o.RemoveExpired(t.Context())
		if err == nil || !strings.HasPrefix(err.Error(), "look after messages: ") || f.Attempts != 1 {
			t.Errorf("removed %+v, %v", f, err)
		}
	})
}

// ended returns a customer, who has ended or not.
func ended(facts func(*store.Customer, time.Time)) func(*store.Tx) {
	return func(tx *store.Tx) {
		c := store.Customer{ID: "K1", Surname: "Berg", BirthDate: "1961-04-09", Postcode: "3511 AB", HouseNumber: 1}
		facts(&c, tx.Now)
		tx.PutCustomer(c)
	}
}

// TestErasedCount: the audit log and the program's log have the number of erased customers, and no log has their names.
func TestErasedCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		for id := range 130 {
			o.update(t, func(tx *store.Tx) {
				tx.PutCustomer(store.Customer{ID: store.CustomerID(fmt.Sprint("K", id)), Surname: "Berg", BirthDate: "1961-04-09", Postcode: "3511 AB", HouseNumber: id, Ended: tx.Now})
			})
		}
		o.later(t, 5*366*day+time.Microsecond)
		defer o.runs(t)()
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if log := o.log.take(); !strings.Contains(log, "removed.customers=130 ") || strings.Contains(log, "Berg") {
			t.Errorf("the log has\n%s", log)
		}
		var outcomes []string
		o.update(t, func(tx *store.Tx) {
			outcomes = nil
			for e := range auditlog.AllEntries(tx) {
				if e.Step == "retention" {
					outcomes = append(outcomes, e.Outcome)
				}
			}
		})
		slices.Sort(outcomes) // They are of the same time.
		if got := strings.Join(outcomes, "; "); got != "erased 100 customers who ended; erased 30 customers who ended" {
			t.Errorf("the audit log has %s", got)
		}
	})
}

// closed returns a product with a holder, which has ended or not.
func closed(facts func(*store.Product, time.Time)) func(*store.Tx) {
	return func(tx *store.Tx) {
		p := store.Product{ID: "P1", Kind: store.KindLife, Number: "L1", NormalisedNumber: "L1", Holders: []store.CustomerID{"K1"}}
		facts(&p, tx.Now)
		tx.PutProduct(p)
		c := store.Customer{ID: "K1", Surname: "Berg", BirthDate: "1961-04-09", Postcode: "3511 AB", HouseNumber: 1}
		c.AddHolding(p.ID)
		tx.PutCustomer(c)
	}
}
