package flows_test

import (
	"testing"
	"time"

	"loket/flows/flowtest"
	"loket/flows/servicedesk"
	"loket/store"
)

// TestFindByEmail tests whom an e-mail address finds at the service desk: the one of those who share it whom the other answers fit,
// and nobody by an address that the service desk set and nobody confirmed.
func TestFindByEmail(t *testing.T) {
	const email = "samen@example.org"
	d := flowtest.New(t)
	change := func(facts func(*store.Customer, store.CustomerID)) {
		for _, id := range []store.CustomerID{"K06", "K14"} {
			d.Update(t, func(tx *store.Tx) {
				c, _ := tx.Customer(id)
				facts(&c, id)
				tx.PutCustomer(c)
			})
		}
	}
	find := func() (opened store.CustomerID) {
		v := atServiceDesk(t, d, "")
		flowtest.MustSubmit(t, servicedesk.FindCustomer(v), "birth date", "2-1-1970", "postcode", "3515AG", "known", email)
		return v.OpenCardCustomer()
	}
	change(func(c *store.Customer, _ store.CustomerID) { c.Email = email })
	if got := find(); got != "K06" {
		t.Errorf("of two with one address it opens the card of %q", got)
	}
	change(func(c *store.Customer, _ store.CustomerID) { c.UnconfirmedSince = d.TestClock.Now() })
	if got := find(); got != "" {
		t.Errorf("by an address that is not confirmed it opens the card of %q", got)
	}
	d.TestClock.Advance(d.Settings.EmailUnconfirmed)
	if got := find(); got != "" {
		t.Errorf("after some days, by an address that is still not confirmed, it opens the card of %q", got)
	}
	change(func(c *store.Customer, _ store.CustomerID) { c.UnconfirmedSince = time.Time{} })
	if got := find(); got != "K06" {
		t.Errorf("by an address that was confirmed it opens the card of %q", got)
	}
	change(func(c *store.Customer, id store.CustomerID) { c.BirthDate, c.Postcode = "1970-01-02", "3515 AG" })
	if got := find(); got != "" {
		t.Errorf("of two whom all fits it opens the card of %q", got)
	}
}
