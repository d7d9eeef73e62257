package courier

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/desk"
	"loket/store"
)

// TestLeftAddress tests that no waiting secret goes to an e-mail address that its customer has left in the meantime: it goes to the
// new address, or by letter if the customer has no e-mail address. A notice of a change still goes to the old address.
func TestLeftAddress(t *testing.T) {
	const old, now = "ab@example.org", "new@example.org"
	moves := func(c *store.Customer) { c.Email = now }
	for name, c := range map[string]struct {
		template string
		becomes  func(*store.Customer)
		sentTo   []string
		letter   bool
		noted    string
	}{
		"same address":             {desk.TemplateTemporaryPassword, func(*store.Customer) {}, []string{old}, false, ""},
		"same but for capitals":    {desk.TemplateTemporaryPassword, func(c *store.Customer) { c.Email = "AB@example.org" }, []string{old}, false, ""},
		"password":                 {desk.TemplateTemporaryPassword, moves, []string{now}, false, "message sent to the new address"},
		"username":                 {desk.TemplateUsername, moves, []string{now}, false, "message sent to the new address"},
		"number":                   {desk.TemplateNumber, moves, []string{now}, false, "message sent to the new address"},
		"username of a new one":    {desk.TemplateAccountOpened, moves, []string{now}, false, "message sent to the new address"},
		"no address any more":      {desk.TemplateTemporaryPassword, func(c *store.Customer) { c.Email = "" }, nil, true, "letter sent instead, to the new address"},
		"unconfirmed":              {desk.TemplateUsername, func(c *store.Customer) { c.Email, c.UnconfirmedSince = now, time.Now() }, nil, true, "letter sent instead, to the new address"},
		"number of no use":         {desk.TemplateNumber, func(c *store.Customer) { c.Email = "" }, nil, false, "message withdrawn"},
		"notice":                   {desk.TemplateDetailsChanged, moves, []string{old}, false, ""},
		"code for another address": {desk.TemplateEmailCode, moves, []string{old}, false, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			o, s := newOffice(t), newStand()
			m := mailed(c.template, o.customer(t))
			m.To = []string{old}
			o.post(t, m)
			o.changeCustomer(t, c.becomes)
			var sentTo []string
			s.takes = func(m store.Message) error {
				sentTo = append(sentTo, m.To...)
				return nil
			}
			o.attended(t, s, time.Minute)
			if !slices.Equal(sentTo, c.sentTo) {
				t.Errorf("%s: sent to %q, want %q", name, sentTo, c.sentTo)
			}
			letters := slices.DeleteFunc(o.outbox(t), func(m store.Message) bool { return m.Channel != store.ByLetter })
			if c.letter != (len(letters) == 1) || c.letter && (letters[0].Template != c.template || letters[0].To[1] != "Dorpsstraat 12") {
				t.Errorf("%s: letters are %+v", name, letters)
			}
			noted := ""
			o.read(t, func(tx *store.Tx) {
				for e := range tx.CustomerActivity("K1") {
					noted += e.Outcome
				}
			})
			if noted != c.noted {
				t.Errorf("%s: the audit log has %q, want %q", name, noted, c.noted)
			}
		})
	}
}

// TestBatchLeavesAddresses tests that a full batch of e-mails that letters replace fits in the transaction of a claim. Each e-mail has
// a secret of a customer of its own, so that no two of them share a key.
func TestBatchLeavesAddresses(t *testing.T) {
	for _, template := range []string{desk.TemplateNumber, desk.TemplateTemporaryPassword} {
		synctest.Test(t, func(t *testing.T) {
			o, s := newOffice(t), newStand()
			until := o.Clock.Now().Add(24 * time.Hour).UTC()
			const count = 2 * batchSize
			for i := range count {
				id := store.CustomerID(fmt.Sprint("K", i))
				digits := fmt.Sprintf("4816209577%02d", i)
				m := mailed(template, until)
				m.Customer, m.To = id, []string{"left@example.org"}
				if err := o.Store.Update(t.Context(), func(tx *store.Tx) error {
					tx.PutCustomer(store.Customer{ID: id, Surname: "Berg", Street: "Dorpsstraat", HouseNumber: 12, Postcode: "3511 AB", City: "Utrecht", Language: "nl"})
					tx.PutAccount(store.Account{Customer: id, Username: string(id), HasLoggedIn: true, Temporary: store.TemporaryPassword{Hash: "h", Expires: until}})
					tx.PutNumber(store.ActivationNumber{Number: digits, Customer: id, Issued: tx.Now, Expires: until})
					if template == desk.TemplateNumber {
						m.Facts["number"] = digits
					}
					tx.PutMessage(m)
					return nil
				}); err != nil {
					t.Fatal(err)
				}
			}
			o.attended(t, s, time.Minute)
			letters := 0
			for _, m := range o.outbox(t) {
				if m.Channel == store.ByLetter && m.Template == template {
					letters++
				}
			}
			if letters != count {
				t.Errorf("%s: %d letters, want %d", template, letters, count)
			}
		})
	}
}
