package flows_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/place"
	"loket/store"
)

// callersAddress is an address that a caller talked the service desk into.
const callersAddress = "beller@example.org"

// setUnconfirmed sets the e-mail address of a customer as the service desk does.
func setUnconfirmed(t *testing.T, d *flowtest.Desk, id store.CustomerID) {
	d.Update(t, func(tx *store.Tx) {
		c, _ := tx.Customer(id)
		before := c
		c.Email, c.UnconfirmedSince = callersAddress, tx.Now
		c.NoteDeskChanges(before)
		tx.PutCustomer(c)
	})
}

// TestUnconfirmedAddress checks that an e-mail address that the service desk set gets nothing for
// as long as its owner did not confirm it, from any flow that sends something, and that the
// visitor reads the same as ever.
func TestUnconfirmedAddress(t *testing.T) {
	for name, test := range map[string]struct {
		owner    store.CustomerID
		begin    func(*flow.Visit) *flow.Flow
		steps    [][]string
		template string
	}{
		"password": {"K06", flows.ForgottenPassword, [][]string{{"username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG"}}, desk.TemplateTemporaryPassword},
		"username": {"K06", flows.ForgottenUsername, [][]string{{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "6", "product number", "NL61NNBA0000000061"}}, desk.TemplateUsername},
		"number":   {"K03", flows.RequestNumber, [][]string{{"birth date", "9-4-1961", "postcode", "3512AC", "house number", "3"}}, desk.TemplateNumber},
		"account":  {"K14", flows.RequestAccount, [][]string{{"birth date", "1-2-1950", "postcode", "3522AP", "house number", "14"}}, desk.TemplateAccountNumber},
		"exists":   {"K06", flows.RequestAccount, [][]string{{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "6"}}, desk.TemplateAccountExists},
		"activate": {"K01", flows.Activate, [][]string{
			{"number", "481600000001", "birth date", "29-2-1988", "postcode", "3511AB"}, {"username", "ndewit", "new", "Goed-gekozen1", "again", "Goed-gekozen1"},
		}, desk.TemplateAccountOpened},
		"temporary": {"K11", flows.LogIn, [][]string{{"username", "vtijdelijk", "password", "BCDF-GHJK-LMNP"}, {"new", "Goed-gekozen1", "again", "Goed-gekozen1"}}, desk.TemplatePasswordChanged},
	} {
		t.Run(name, func(t *testing.T) {
			var ends []string
			for _, channel := range []store.Channel{store.ByEmail, store.ByLetter, store.ByEmail} {
				d := flowtest.New(t)
				switch len(ends) {
				case 1:
					setUnconfirmed(t, d, test.owner)
				case 2: // and a week later it gets what any address gets
					if name == "temporary" {
						continue
					}
					setUnconfirmed(t, d, test.owner)
					d.TestClock.Advance(7 * 24 * time.Hour)
				}
				f := test.begin(flow.NewVisit(d.Desk))
				for _, answers := range test.steps {
					flowtest.MustSubmit(t, f, answers...)
				}
				last := flowtest.LastElement(d.OutboxMessages(t))
				if last.Template != test.template || last.Channel != channel || (channel == store.ByLetter) != (last.To[0] != callersAddress && !strings.Contains(last.To[0], "@")) {
					t.Errorf("%s goes by %s to %q", last.Template, last.Channel, last.To)
				}
				ends = append(ends, string(f.State())+": "+f.Step().Title().NL)
			}
			if len(slices.Compact(ends)) != 1 {
				t.Errorf("the visitor sees %q", ends)
			}
		})
	}
}

// TestConfirmUnconfirmed checks that the owner confirms the address that the service desk set with a
// code to that address, and that it is an address like any other then.
func TestConfirmUnconfirmed(t *testing.T) {
	d := flowtest.New(t)
	setUnconfirmed(t, d, "K06")
	v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	details, err := flows.LoadCustomerDetails(t.Context(), v)
	if err != nil || details[1].Name.EN != "To be confirmed" || details[1].Value.EN != callersAddress || details[1].ChangePlace != place.ChangeEmail {
		t.Errorf("the customer sees %+v, %v", details, err)
	}
	f := flows.ChangeEmail(v)
	if initial := f.Step().Fields[0].InitialAnswer; initial != callersAddress {
		t.Errorf("asked to confirm %q", initial)
	}
	flowtest.MustSubmit(t, f, "password", "Eigen-huis12")
	sent := flowtest.LastElement(d.OutboxMessages(t))
	if sent.Template != desk.TemplateEmailCode || sent.Channel != store.ByEmail || sent.To[0] != callersAddress {
		t.Fatalf("sent %s by %s to %q", sent.Template, sent.Channel, sent.To)
	}
	if flowtest.MustSubmit(t, f, "code", sent.Facts["code"]); f.State() != "confirmed" || len(d.OutboxMessages(t)) != 1 || v.UnconfirmedEmail != "" {
		t.Errorf("%s, and %d messages", f.State(), len(d.OutboxMessages(t)))
	}
	flowtest.MustSubmit(t, flows.ForgottenPassword(flow.NewVisit(d.Desk)), "username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG")
	if sent := flowtest.LastElement(d.OutboxMessages(t)); sent.Template != desk.TemplateTemporaryPassword || sent.To[0] != callersAddress {
		t.Errorf("%s goes to %q", sent.Template, sent.To)
	}
}
