package flows_test

import (
	"fmt"
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
)

// asksDaily lists the requests that an attacker who knows a customer's personal data can make without proof of identity.
var asksDaily = []struct {
	flow    func(*flow.Visit) *flow.Flow
	answers []string
}{
	{flows.RequestNumber, []string{"birth date", "11-11-1933", "postcode", "3523AR", "house number", "15"}},
	{flows.RequestAccount, []string{"birth date", "11-11-1933", "postcode", "3523AR", "house number", "15"}},
	{flows.RequestNumber, []string{"birth date", "29-2-1988", "postcode", "3511AB", "house number", "12"}},
	{flows.RequestAccount, []string{"birth date", "29-2-1988", "postcode", "3511AB", "house number", "12"}},
	{flows.RequestNumber, []string{"birth date", "10-10-1940", "postcode", "3517AJ", "house number", "8"}},
	{flows.RequestAccount, []string{"birth date", "10-10-1940", "postcode", "3517AJ", "house number", "8"}},
	{flows.ForgottenPassword, []string{"username", "bpost", "birth date", "10-10-1940", "postcode", "3517AJ"}},
	{flows.ForgottenPassword, []string{"username", "islaper", "birth date", "5-5-1955", "postcode", "3516AH"}},
	{flows.ForgottenUsername, []string{"birth date", "10-10-1940", "postcode", "3517AJ", "house number", "8", "product number", "L81.000"}},
	{flows.ForgottenUsername, []string{"birth date", "5-5-1955", "postcode", "3516AH", "house number", "7", "product number", "L12.345.678"}},
}

// TestNeighbour makes all requests in asksDaily several times a day for 60 days. The customers have no e-mail address, no account, or
// a letter from the bank under way. Every letter must work on the day by which it arrives and for five days after. No customer
// may have two letters of the same kind under way (R24, X14).
func TestNeighbour(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) { // On the first day, the bank sends a letter with an activation number.
		n, _ := tx.Number("481600000001")
		n.Issued = tx.Now
		tx.PutNumber(n)
	})
	letters := []*letter{{kind: desk.TemplateNumber, owner: "K01", secret: "481600000001", arrives: d.LetterArrivalDate(d.TestClock.Now()).TimeAt(0)}}
	const days, proven = 60, 5
	known := map[string]bool{}
	asked := 0
	for day := range days + 30 {
		at := d.TestClock.Now()
		for _, l := range letters {
			if since := at.Sub(l.arrives); since >= 0 && since <= (proven+1)*24*time.Hour {
				l.mustWork(t, d, asked)
				l.looked++
			}
		}
		for range 4 {
			if day >= days {
				break
			}
			for _, ask := range asksDaily {
				asked++
				flowtest.MustSubmit(t, ask.flow(flow.NewVisit(d.DeskAtTerminal(fmt.Sprint("neighbour ", asked)).Desk)), ask.answers...)
			}
		}
		for _, m := range d.OutboxMessages(t) {
			if m.Channel == store.ByLetter && !known[m.ID] {
				l := &letter{m.Template, m.Customer, m.Facts["number"] + m.Facts["password"], m.ArrivesBy, 0}
				for _, other := range letters {
					if l.kind == other.kind && l.owner == other.owner && m.Written.Before(other.arrives) {
						t.Errorf("on day %d a second %s goes to %s", day, l.kind, l.owner)
					}
				}
				known[m.ID], letters = true, append(letters, l)
			}
		}
		d.TestClock.Advance(24*time.Hour + time.Minute)
	}
	kinds := map[string]int{}
	for _, l := range letters {
		kinds[l.kind]++
		if l.looked <= proven && l.secret != "" {
			t.Errorf("a %s to %s was looked at on %d days", l.kind, l.owner, l.looked)
		}
	}
	for _, kind := range []string{desk.TemplateAccountNumber, desk.TemplateTemporaryPassword, desk.TemplateUsername, desk.TemplateAccountExists} {
		if kinds[kind] < 5 {
			t.Errorf("only %d letters with a %s", kinds[kind], kind)
		}
	}
}

// A letter is a letter to a customer that contains a secret.
type letter struct {
	kind    string
	owner   store.CustomerID
	secret  string
	arrives time.Time
	looked  int // looked is the number of days on which the secret worked.
}

// mustWork checks that the desk accepts the secret in the letter, without using the secret up.
func (l *letter) mustWork(t *testing.T, d *flowtest.Desk, n int) {
	t.Helper()
	d = d.DeskAtTerminal(fmt.Sprint("owner ", n))
	var f *flow.Flow
	switch {
	case l.secret == "":
		return
	case l.kind == desk.TemplateTemporaryPassword:
		username := map[store.CustomerID]string{"K08": "bpost", "K07": "islaper"}[l.owner]
		if f = d.LogIn(t, username, l.secret); f.State() == "choose new password" {
			return
		}
	default:
		of := map[store.CustomerID][]string{"K01": {"29-2-1988", "3511AB"}, "K15": {"11-11-1933", "3523AR"}}[l.owner]
		f = flowtest.MustSubmit(t, flows.Activate(flow.NewVisit(d.Desk)), "number", l.secret, "birth date", of[0], "postcode", of[1])
		if f.State() == "choose credentials" {
			return
		}
	}
	t.Errorf("%v after it should have come, the %s of %s leads to %q", d.TestClock.Now().Sub(l.arrives), l.kind, l.owner, f.State())
}
