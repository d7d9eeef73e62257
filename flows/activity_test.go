package flows_test

import (
	"slices"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
)

// TestActivity tests that customers see their own activity, and nobody else's.
func TestActivity(t *testing.T) {
	d := flowtest.New(t)
	d.LogIn(t, "ohoeve", "verkeerd")
	d.LogIn(t, "gbruikers", "Al-gebruikt4")
	d.DeskAtTerminal("Utrecht 2").LogIn(t, "ohoeve", "Eigen-huis12")
	flowtest.MustSubmit(t, flows.ForgottenPassword(flow.NewVisit(d.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
	visit := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	flowtest.MustSubmit(t, flows.ChangeTelephone(visit), "telephone", "", "password", "Eigen-huis12")

	happenings, err := flows.LoadRecentActivity(t.Context(), visit)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range happenings {
		got = append(got, h.Terminal+": "+h.Text.EN)
	}
	want := []string{
		"Utrecht 1: Logged in", "Utrecht 1: Asked for a temporary password, by e-mail", "Utrecht 2: Logged in",
		"Utrecht 1: Tried to log in with a wrong password",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the customer sees %q, want %q", got, want)
	}
}

// TestDetails tests which of their own details customers see.
func TestDetails(t *testing.T) {
	d := flowtest.New(t)
	visit := d.LogIn(t, "bpost", "Brieven-bus8").Visit()
	flowtest.MustSubmit(t, flows.ChangeEmail(visit), "e-mail", "post@example.org", "password", "Brieven-bus8")
	flowtest.MustSubmit(t, flows.ChangeTelephone(visit), "telephone", "0301234567", "password", "Brieven-bus8")
	check := func(want ...string) {
		t.Helper()
		details, err := flows.LoadCustomerDetails(t.Context(), visit)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, one := range details {
			got = append(got, one.Name.EN+": "+one.Value.EN+" > "+string(one.ChangePlace))
		}
		if !slices.Equal(got, want) {
			t.Errorf("the customer sees %q, want %q", got, want)
		}
	}
	rest := []string{
		"Telephone number: 030 123 45 67 > change telephone", "Language of messages: Dutch > change language",
		"Print of letters: Normal print > change letter print",
		"Postal address: Dorpsstraat 8, 3517 AJ  Utrecht > contact",
	}
	check(append([]string{"E-mail address: not known > change e-mail", "To be confirmed: post@example.org > confirm e-mail"}, rest...)...)
	d.TestClock.Advance(d.Settings.CodeLasts)
	check(append([]string{"E-mail address: not known > change e-mail"}, rest...)...)
	f := flowtest.MustSubmit(t, flows.ChangeEmail(visit), "e-mail", "post@example.org", "password", "Brieven-bus8")
	flowtest.MustSubmit(t, f, "code", flowtest.LastElement(d.OutboxMessages(t)).Facts["code"])
	check(append([]string{"E-mail address: post@example.org > change e-mail"}, rest...)...)
}

// TestEndedElsewhere changes a customer's password at another terminal. After that, the first terminal must show and do
// nothing for the customer.
func TestEndedElsewhere(t *testing.T) {
	d := flowtest.New(t)
	here, there := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit(), d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	flowtest.MustSubmit(t, flows.ChangePassword(there), "password", "Eigen-huis12", "new", "Nieuw-huis-34", "again", "Nieuw-huis-34")
	if err := there.CheckLogin(t.Context()); err != nil {
		t.Errorf("the visit that changed it: %v", err)
	}
	for name, reads := range map[string]func() error{
		"check":    func() error { return here.CheckLogin(t.Context()) },
		"overview": func() error { _, err := flows.LoadProductOverview(t.Context(), here); return err },
		"details":  func() error { _, err := flows.LoadCustomerDetails(t.Context(), here); return err },
		"activity": func() error { _, err := flows.LoadRecentActivity(t.Context(), here); return err },
	} {
		if err := reads(); err != flow.ErrLoginEnded {
			t.Errorf("%s: %v", name, err)
		}
	}
	before := d.OutboxMessages(t)
	f := flowtest.MustSubmit(t, flows.ChangeUsername(here), "username", "iemand.anders", "password", "Nieuw-huis-34")
	if f.State() != flow.StateLoggedOut || here.LoggedIn() || len(d.OutboxMessages(t)) != len(before) {
		t.Errorf("still at %q, logged in %v", f.State(), here.LoggedIn())
	}
	if err := here.CheckLogin(t.Context()); err != nil {
		t.Errorf("somebody who is not logged in: %v", err)
	}
}

// TestVisitOfNobody tests that a login ends when the account is deleted.
func TestVisitOfNobody(t *testing.T) {
	d := flowtest.New(t)
	v := flow.NewVisit(d.Desk)
	v.LogIn(store.Account{Customer: "K99"}, store.Customer{}, nil)
	if err := v.CheckLogin(t.Context()); err != flow.ErrLoginEnded {
		t.Errorf("got %v", err)
	}
}

// TestMessageEvents checks what customers who ask for their data read about messages that did not go as they were written.
func TestMessageEvents(t *testing.T) {
	d := flowtest.New(t)
	for _, outcome := range []desk.AddressChange{desk.MessageWithdrawn, desk.AddressReplaced, desk.MessageReplaced} {
		d.Update(t, func(tx *store.Tx) {
			tx.RecordAudit(store.AuditEntry{Terminal: store.AuditCourier, Flow: store.AuditCourier, Step: "send", Outcome: string(outcome), Customer: "K1"})
		})
		d.TestClock.Advance(time.Second)
	}
	d.View(t, func(tx *store.Tx) {
		var got []string
		for _, e := range flows.ListCustomerEvents(tx, d.Desk, "K1") {
			got = append(got, e.Text.EN+e.Terminal)
		}
		const moved = "A message to you went to your new address"
		if want := []string{moved, moved, "A message to you was not sent"}; !slices.Equal(got, want) {
			t.Errorf("the customer reads %q, want %q", got, want)
		}
	})
}
