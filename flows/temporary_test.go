package flows_test

import (
	"slices"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
)

// TestTwoTemporaries tests that two temporary passwords sent by letter work at the same time, the earlier one until the newer
// one should have arrived. Using one of them ends both, and a newer one by e-mail ends them at once.
func TestTwoTemporaries(t *testing.T) {
	const week = 7 * 24 * time.Hour
	asks := func(t *testing.T, d *flowtest.Desk) (temporary string) {
		flowtest.MustSubmit(t, flows.ForgottenPassword(flow.NewVisit(d.Desk)), "username", "bpost", "birth date", "10-10-1940", "postcode", "3517AJ")
		return flowtest.LastElement(d.OutboxMessages(t)).Facts["password"]
	}
	leads := func(t *testing.T, d *flowtest.Desk, temporary string, to flow.State) *flow.Flow {
		t.Helper()
		f := d.LogIn(t, "bpost", temporary)
		if f.State() != to {
			t.Fatalf("it leads to %q: %s", f.State(), d.LastOutcome(t))
		}
		return f
	}
	const works, refused = flow.State("choose new password"), flow.State("ask credentials")
	for name, ends := range map[string]func(*testing.T, *flowtest.Desk, string, string){
		"the newer one has arrived": func(t *testing.T, d *flowtest.Desk, first, second string) {
			// The earlier password works until the end of the day on which the newer letter should have arrived.
			d.TestClock.Advance(week - time.Hour)
			leads(t, d, first, works)
			d.TestClock.Advance(24 * time.Hour)
			leads(t, d, first, refused)
			leads(t, d, second, works)
		},
		"a third one is sent": func(t *testing.T, d *flowtest.Desk, first, second string) {
			d.TestClock.Advance(week)
			third := asks(t, d)
			leads(t, d, first, refused)
			leads(t, d, second, works)
			leads(t, d, third, works)
		},
		"the earlier one is used": func(t *testing.T, d *flowtest.Desk, first, second string) {
			flowtest.MustSubmit(t, leads(t, d, first, works), "new", "Goed-gekozen1", "again", "Goed-gekozen1")
			leads(t, d, second, refused)
		},
		"the newer one is used": func(t *testing.T, d *flowtest.Desk, first, second string) {
			flowtest.MustSubmit(t, leads(t, d, second, works), "new", "Goed-gekozen1", "again", "Goed-gekozen1")
			leads(t, d, first, refused)
		},
		"one comes by e-mail": func(t *testing.T, d *flowtest.Desk, first, second string) {
			d.Update(t, func(tx *store.Tx) {
				c, _ := tx.Customer("K08")
				c.Email = "post@example.org"
				tx.PutCustomer(c)
			})
			d.TestClock.Advance(week)
			third := asks(t, d)
			leads(t, d, first, refused)
			leads(t, d, second, refused)
			leads(t, d, third, works)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := flowtest.New(t)
			first := asks(t, d)
			if again := asks(t, d); again != first {
				t.Fatal("another one is sent while one is on its way")
			}
			d.TestClock.Advance(week)
			second := asks(t, d)
			if second == first {
				t.Fatal("no other one is sent on the day by which the first should be there")
			}
			leads(t, d, first, works)
			leads(t, d, second, works)
			ends(t, d, first, second)
		})
	}
}

// TestLetterOfClockAhead tests that a letter that was requested while the clock was ahead does not prevent a new letter after
// the clock is corrected.
func TestLetterOfClockAhead(t *testing.T) {
	const ahead = 400 * 24 * time.Hour
	for i, ask := range asksDaily[:10] {
		d := flowtest.New(t)
		ask := func() int {
			flowtest.MustSubmit(t, ask.flow(flow.NewVisit(d.Desk)), ask.answers...)
			return len(d.OutboxMessages(t))
		}
		d.TestClock.Advance(ahead)
		before := ask()
		d.TestClock.Advance(-ahead)
		if ask() == before {
			t.Errorf("%v: nothing is sent", asksDaily[i].answers)
		}
	}
}

// TestNoOldPassword tests that customers who had no password are not told about an old password.
func TestNoOldPassword(t *testing.T) {
	for hash, shown := range map[string]bool{"": false, flowtest.FakeHash("Vergeten-2026"): true} {
		d := flowtest.New(t)
		d.Update(t, func(tx *store.Tx) {
			a, _ := tx.Account("K11")
			a.PasswordHash = hash
			tx.PutAccount(a)
		})
		isOld := func(r flow.AnswerRule) bool { return r.Text.EN == "not your old password" }
		f := d.LogIn(t, "vtijdelijk", "BCDF-GHJK-LMNP")
		if got := slices.ContainsFunc(f.Step().Fields[0].ApplicableRules(), isOld); got != shown {
			t.Errorf("with hash %q the rule is shown: %t", hash, got)
		}
		flowtest.MustSubmit(t, f, "new", "Goed-gekozen1", "again", "Goed-gekozen1")
	}
}
