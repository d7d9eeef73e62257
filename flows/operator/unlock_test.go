package operator_test

import (
	"errors"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/operator"
	"loket/store"
)

// TestUnlock tests that guesses at an account no longer count, and that a password that was off
// works again.
func TestUnlock(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		tx.PutAttempts(desk.PasswordThrottleKey("ohoeve"), store.Attempts{Wrong: 100, NotBefore: tx.Now.Add(time.Hour), Last: tx.Now})
		tx.PutAttempts(desk.EmailCodeThrottleKey("K06"), store.Attempts{Wrong: 2, Last: tx.Now})
		tx.PutAttempts(desk.PhoneThrottleKey("K06"), store.Attempts{Wrong: 5, NotBefore: tx.Now.Add(time.Hour), Last: tx.Now})
		tx.PutAttempts(desk.PasswordThrottleKey("gbruikers"), store.Attempts{Wrong: 1, Last: tx.Now})
		for _, id := range []string{"K06", "K01"} {
			tx.PutRecentTimes(callerKey(id), store.RecentTimes{Times: []time.Time{tx.Now, tx.Now}})
		}
	})
	u, err := operator.UnlockAccount(t.Context(), d.Desk, "K06")
	if err != nil || !u.PasswordOff || u.Password.Wrong != 100 || u.Code.Wrong != 2 || u.Phones.Wrong != 5 || u.Callers != 2 || u.HasNothingToClear() {
		t.Errorf("unlocked %+v, %v", u, err)
	}
	entries := d.AuditEntries(t)
	last := entries[len(entries)-1]
	last.At = time.Time{}
	if want := (store.AuditEntry{Terminal: "Utrecht 1", Flow: "operator", Step: "customer unlock", Outcome: "unlocked", Customer: "K06"}); last != want {
		t.Errorf("the audit log has %+v", last)
	}
	if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() {
		t.Errorf("after unlocking, the password leads to %q", f.State())
	}
	d.View(t, func(tx *store.Tx) {
		if tx.WrongAttempts(desk.PasswordThrottleKey("gbruikers"), time.Hour).Wrong != 1 || tx.WrongAttempts(desk.EmailCodeThrottleKey("K06"), time.Hour).Wrong+tx.WrongAttempts(desk.PhoneThrottleKey("K06"), time.Hour).Wrong != 0 {
			t.Error("another account was unlocked, or only half of this one")
		}
	})
	if u, err := operator.UnlockAccount(t.Context(), d.Desk, "K06"); err != nil || !u.HasNothingToClear() || d.LastOutcome(t) != "nothing to unlock" {
		t.Errorf("unlocked again: %+v, %v, %q", u, err, d.LastOutcome(t))
	}
	if u, err := operator.UnlockAccount(t.Context(), d.Desk, "K01"); err != nil || u.Callers != 2 {
		t.Errorf("a customer without an account: %+v, %v", u, err)
	}
	for id, want := range map[store.CustomerID]error{"K01": operator.ErrNoAccount, "K99": operator.ErrUnknownCustomer} {
		if _, err := operator.UnlockAccount(t.Context(), d.Desk, id); !errors.Is(err, want) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// callerKey returns the key that counts the wrong answers of callers who give a customer number.
func callerKey(id string) string { return desk.CallerAnswers{Known: id}.ThrottleKeys()[0] }

// TestResumeNamesTerminals tests that an operator ends the pause of a terminal by its name, and clears no other counts by theirs.
func TestResumeNamesTerminals(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		for _, name := range []string{"Utrecht 2", callerKey("K06")} {
			tx.PutRecentTimes(name, store.RecentTimes{Times: []time.Time{tx.Now}})
		}
	})
	for name, want := range map[string]bool{"Utrecht 2": true, callerKey("K06"): false} {
		if was, err := operator.ResumeTerminal(t.Context(), d.Desk, name); err != nil || was != want {
			t.Errorf("%q: %t, %v", name, was, err)
		}
	}
	d.View(t, func(tx *store.Tx) {
		if len(tx.RecentTimes(callerKey("K06"), 0).Times) != 1 {
			t.Error("the wrong answers of callers no longer count")
		}
	})
}

// TestDossier tests that a report has all records of a customer, and none of another one.
func TestDossier(t *testing.T) {
	d := flowtest.New(t)
	for range 20 + 5 {
		d.LogIn(t, "ohoeve", "Eigen-huis12")
		d.LogIn(t, "gbruikers", "Al-gebruikt4")
	}
	d.LogIn(t, "ohoeve", "verkeerd")
	flowtest.MustSubmit(t, flows.ForgottenPassword(flow.NewVisit(d.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
	of, err := operator.ReportCustomer(t.Context(), d.Desk, "K06")
	if err != nil {
		t.Fatal(err)
	}
	if of.Surname != "Hoeve" || of.Account == nil || of.Account.Username != "OHoeve" || of.ThrottleState.Password.Wrong != 1 {
		t.Errorf("customer %+v, account %+v, held %+v", of.Customer, of.Account, of.ThrottleState)
	}
	if len(of.Products) != 3 || len(of.Applications) != 2 || len(of.Numbers) != 2 || len(of.Messages) != 1 {
		t.Errorf("%d products, %d applications, %d numbers and %d messages", len(of.Products), len(of.Applications), len(of.Numbers), len(of.Messages))
	}
	if len(of.Activity) != 20 || of.Activity[0].Flow != "forgotten password" || of.Activity[1].Outcome != string(credentials.OutcomeWrong) {
		t.Errorf("%d entries, the newest %+v", len(of.Activity), of.Activity[0])
	}
	if of, err := operator.ReportCustomer(t.Context(), d.Desk, "K01"); err != nil || of.Account != nil || len(of.Activity) != 0 {
		t.Errorf("%+v, %v", of, err)
	}
}

// TestForgottenNumber tests that a number that was deleted is unknown, also to its owner, and that
// its product stays closed.
func TestForgottenNumber(t *testing.T) {
	d := flowtest.New(t)
	used := []string{"number", "481600000004", "birth date", "14-7-1975", "postcode", "3513AD"}
	if f := flowtest.MustSubmit(t, flows.Activate(flow.NewVisit(d.Desk)), used...); f.State() != "number used before" {
		t.Fatalf("a used number leads to %q", f.State())
	}
	d.Update(t, func(tx *store.Tx) {
		for _, digits := range []string{"481600000004", "481600000006"} {
			tx.DeleteNumber(tx.NumberID(digits))
		}
		for _, id := range []store.ApplicationID{"A04", "A06"} {
			a, _ := tx.Application(id)
			for _, latest := range a.LatestNumbers {
				if latest != "" {
					t.Errorf("application %s still points to number %s", id, latest)
				}
			}
		}
	})
	sound(d, t)
	if f := flowtest.MustSubmit(t, flows.Activate(flow.NewVisit(d.Desk)), used...); f.State() != "ask number" || d.LastOutcome(t) != credentials.OutcomeWrong {
		t.Errorf("a number that is gone leads to %q", f.State())
	}
	visit := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	if o, err := flows.LoadProductOverview(t.Context(), visit); err != nil || len(o.Products) != 1 || o.Products[0].ID != "P61" {
		t.Errorf("the customer sees %+v, %v", o, err)
	}
	if f := flowtest.MustSubmit(t, flows.AddProduct(visit), "number", "481600000006"); f.State() != "ask number" {
		t.Errorf("a number that is gone leads to %q", f.State())
	}
	if n, err := operator.IssueNumber(t.Context(), d.Desk, operator.NumberIssue{Customer: "K06", Application: "A06"}); err != nil {
		t.Error(err)
	} else if f := flowtest.MustSubmit(t, flows.AddProduct(visit), "number", n.Number); f.State() != "product added" {
		t.Errorf("a new number leads to %q", f.State())
	}
}
