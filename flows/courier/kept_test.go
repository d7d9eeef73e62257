package courier

import (
	"fmt"
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/courier/couriertest"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/store"
	"loket/store/auditlog"
)

// TestNothingIsKept sends a customer every kind of secret, and then searches all records for the secrets, as an attacker who
// has the keys could do.
func TestNothingIsKept(t *testing.T) {
	d := newDesk(t)
	anna := map[string]string{
		"username": "annabakker", "birth date": "9-4-1961", "postcode": "3511AB", "house number": "12",
		"new": "Goed-gekozen1", "again": "Goed-gekozen1", "e-mail": "nieuw@example.org",
	}
	visit(t, flow.NewVisit(d), place.ForgottenPassword, anna)
	anna["password"] = outbox(t, d)[0].Facts["password"]
	visit(t, flow.NewVisit(d), place.RequestNumber, anna)
	v := flow.NewVisit(d)
	visit(t, v, place.LogIn, anna)
	anna["password"] = anna["new"]
	if err := flows.BeginFlow(v, place.ChangeEmail).Submit(t.Context(), anna); err != nil {
		t.Fatal(err)
	}
	secrets := map[string]string{}
	for _, m := range outbox(t, d) {
		for _, fact := range []string{"password", "number", "code"} {
			if secret := m.Facts[fact]; secret != "" {
				secrets[fact] = secret
			}
		}
	}
	if len(secrets) != 3 {
		t.Fatalf("customers got %d kinds of secrets, want 3", len(secrets))
	}
	o := officeOver(d.Store, d.Clock)
	o.over(couriertest.NewServer(t))
	if tally, err := o.SendDueOnce(t.Context()); err != nil || tally.Sent < 3 {
		t.Fatalf("%+v, %v", tally, err)
	}
	records := everything(t, d)
	for fact, secret := range secrets {
		if strings.Contains(records, secret) {
			t.Errorf("the %s that was sent can be read in\n%s", fact, records)
		}
	}
}

// everything returns all records as text.
func everything(t *testing.T, d *desk.Desk) string {
	t.Helper()
	var b strings.Builder
	if err := d.Store.View(t.Context(), func(tx *store.Tx) error {
		for c := range tx.Customers() {
			a, _ := tx.Account(c.ID)
			fmt.Fprintf(&b, "%+v\n%+v\n", c, a)
			for e := range tx.CustomerActivity(c.ID) {
				fmt.Fprintf(&b, "%+v\n", e)
			}
		}
		for n := range tx.Numbers() {
			application, _ := tx.Application(n.Application)
			fmt.Fprintf(&b, "%+v\n%+v\n", n, application)
		}
		for m := range tx.Messages() {
			fmt.Fprintf(&b, "%+v\n", m)
		}
		for e := range auditlog.AllEntries(tx) {
			fmt.Fprintf(&b, "%+v\n", e)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
