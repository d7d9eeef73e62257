package courier

import (
	"testing"
	"testing/synctest"
	"time"

	"loket/flows/courier/delivery"
	"loket/flows/desk"
	"loket/store"
)

// TestWithdrawnAtSend tests that a waiting message is not sent if its customer has died since. Blocked customers receive no
// messages with which they could get into their account.
func TestWithdrawnAtSend(t *testing.T) {
	deceased := func(c *store.Customer) { c.Status = store.CustomerDeceased }
	for name, c := range map[string]struct {
		becomes  func(*store.Customer)
		template string
		sent     int
	}{
		"nobody":                    {func(*store.Customer) {}, desk.TemplateTemporaryPassword, 1},
		"deceased":                  {deceased, desk.TemplatePasswordChanged, 0},
		"removed":                   {func(c *store.Customer) { c.Ended = time.Now() }, desk.TemplatePasswordChanged, 0},
		"blocked, and a secret":     {func(c *store.Customer) { c.Status = store.CustomerBlocked }, desk.TemplateTemporaryPassword, 0},
		"blocked, and a notice":     {func(c *store.Customer) { c.Status = store.CustomerBlocked }, desk.TemplatePasswordChanged, 1},
		"blocked at the desk":       {func(c *store.Customer) { c.Blocked = time.Now() }, desk.TemplateUsername, 0},
		"deceased, for the service": {deceased, desk.TemplateCallBack, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			o, s := newOffice(t), newStand()
			m := mailed(c.template, o.customer(t))
			for range 2 * batchSize {
				o.post(t, m)
			}
			o.changeCustomer(t, c.becomes)
			o.attended(t, s, time.Minute)
			want := map[store.MessageState]int{}
			if c.sent > 0 {
				want[store.MessageSent] = 2 * batchSize
			}
			if got := o.states(t); len(got) != len(want) || got[store.MessageSent] != want[store.MessageSent] {
				t.Errorf("%s: messages are %v, want %v", name, got, want)
			}
			noted := 0
			o.read(t, func(tx *store.Tx) {
				for e := range tx.CustomerActivity("K1") {
					if e.Outcome == "message withdrawn" {
						noted++
					}
				}
			})
			if noted != 2*batchSize*(1-c.sent) {
				t.Errorf("%s: %d stand in the audit log", name, noted)
			}
		})
	}
}

// TestWithdrawnScrubbed tests that what was in a withdrawn message is scrubbed from the database file, also if nothing is sent.
func TestWithdrawnScrubbed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, f := newFrailOffice(t)
		o.attended(t, newStand(), time.Minute)
		scrubs := 0
		f.scrubs = func() error { scrubs++; return nil }
		o.post(t, mailed(desk.TemplatePasswordChanged, o.customer(t)))
		o.changeCustomer(t, die)
		o.attended(t, newStand(), time.Minute)
		if states := o.states(t); len(states) > 0 || scrubs == 0 {
			t.Errorf("messages are %v, after %d scrubs", states, scrubs)
		}
	})
}

// TestNoLetterToTheDead tests that no letter replaces a refused e-mail if the customer has died in the meantime. The service
// desk is notified.
func TestNoLetterToTheDead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, s := newOffice(t), newStand()
		o.post(t, mailed(desk.TemplatePasswordChanged, o.customer(t)))
		s.takes = func(store.Message) error {
			o.changeCustomer(t, die)
			return &delivery.Refusal{Why: "no such user", IsPermanent: true, FromServer: true}
		}
		o.attended(t, s, 2*time.Hour)
		for _, m := range o.outbox(t) {
			if m.Channel == store.ByLetter && m.Template == desk.TemplatePasswordChanged {
				t.Errorf("there is %+v", m)
			}
		}
		if notice := o.only(t, desk.TemplateUndelivered, store.ByLetter); notice.Facts["instead"] != "none" {
			t.Errorf("the service desk is told %+v", notice)
		}
	})
}
