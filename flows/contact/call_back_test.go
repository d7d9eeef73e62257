package contact_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"loket/flows/contact"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/text"
	"loket/store"
)

// TestCallBackKnownNumber tests that a known number need not be typed, and can be changed for this
// call alone.
func TestCallBackKnownNumber(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		c, _ := tx.Customer("K06")
		c.Phone = "+31612345678"
		tx.PutCustomer(c)
	})
	f := contact.CallBack(d.LogIn(t, "ohoeve", "Eigen-huis12").Visit())
	asks := f.Step().Fields
	if asks[0].Name != "telephone" || asks[0].InitialAnswer != "06 12 34 56 78" {
		t.Fatalf("first is asked for %q, where stands %q", asks[0].Name, asks[0].InitialAnswer)
	}
	flowtest.MustSubmit(t, f, "telephone", "020 123 45 67")
	m := flowtest.LastElement(d.OutboxMessages(t))
	if m.Customer != "K06" || m.Facts["phone"] != "020 123 45 67" || m.Facts["caller"] != "O. Hoeve" || m.Facts["compared"] != "other" {
		t.Errorf("the service desk is told %+v", m)
	}
	d.View(t, func(tx *store.Tx) {
		if c, _ := tx.Customer("K06"); c.Phone != "+31612345678" {
			t.Errorf("the customer's number became %q", c.Phone)
		}
	})
}

// TestCallBackMomentBegun tests that a window that begins while the visitor is busy is refused.
func TestCallBackMomentBegun(t *testing.T) {
	d := flowtest.New(t)
	f := contact.CallBack(flow.NewVisit(d.Desk))
	d.Clock.Advance(2 * time.Hour)
	answers := flowtest.FillAnswers(f, "name", "J. de Boer", "telephone", "0612345678", "when", "1")
	err := f.Submit(t.Context(), answers)
	if invalid, is := errors.AsType[*flow.InvalidAnswers](err); !is || len(invalid.Problems) != 1 || invalid.Problems[0].Field != "when" {
		t.Errorf("a moment in the past leads to %v at %q", err, f.State())
	}
	answers["when"] = "2"
	if err := f.Submit(t.Context(), answers); err != nil || !f.Ended() {
		t.Errorf("the next one leads to %v at %q", err, f.State())
	}
}

// TestCallBackCleans tests that typed text cannot begin a line of its own in a message, and is
// bounded (R20).
func TestCallBackCleans(t *testing.T) {
	d := flowtest.New(t)
	f := contact.CallBack(flow.NewVisit(d.Desk))
	answers := flowtest.FillAnswers(f, "name", "J.\r\nBcc: x", "telephone", "06\u202e12345678", "about", "\x1b[2J"+strings.Repeat("é", 5000))
	err := f.Submit(t.Context(), answers)
	if invalid, is := errors.AsType[*flow.InvalidAnswers](err); !is || len(invalid.Problems) != 1 || invalid.Problems[0].Field != "about" {
		t.Errorf("a question without end leads to %v at %q", err, f.State())
	}
	answers["about"] = "\x1b[2J\té\n"
	if err := f.Submit(t.Context(), answers); err != nil {
		t.Fatal(err)
	}
	for name, fact := range flowtest.LastElement(d.OutboxMessages(t)).Facts {
		if text.StripControl(fact, "") != fact || utf8.RuneCountInString(fact) > flow.MaxAnswerLength {
			t.Errorf("%s is %q", name, fact)
		}
	}
}

// TestCallBackNumberCompared tests that the service desk learns whether the number to call is the
// customer's, because a stranger may stand at their terminal.
func TestCallBackNumberCompared(t *testing.T) {
	for _, c := range []struct{ known, typed, want string }{
		{"", "0612345678", "none known"},
		{"+31612345678", "06 12 34 56 78", "known"},
		{"+31612345678", "06 12 34 56 79", "other"},
	} {
		d := flowtest.New(t)
		d.Update(t, func(tx *store.Tx) {
			owner, _ := tx.Customer("K06")
			owner.Phone = c.known
			tx.PutCustomer(owner)
		})
		flowtest.MustSubmit(t, contact.CallBack(d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()), "telephone", c.typed)
		if got := flowtest.LastElement(d.OutboxMessages(t)).Facts["compared"]; got != c.want {
			t.Errorf("%q is known and %q typed: %q, want %q", c.known, c.typed, got, c.want)
		}
	}
}

// TestServiceNumber tests that nobody can make us call a premium-rate number, or one that cannot
// be called back, however they write it.
func TestServiceNumber(t *testing.T) {
	for _, typed := range []string{"0900 1234", "0906-1234", "09091234567", "0800 1234", "+31 (0)906 1234", "0031 900 1234", "0 9 0 6 1 2 3 4", "０９０６１２３４"} {
		d := flowtest.New(t)
		f := contact.CallBack(flow.NewVisit(d.Desk))
		err := f.Submit(t.Context(), flowtest.AnswersFromPairs("name", "J. de Boer", "telephone", typed, "line", "support", "when", "1"))
		invalid, is := errors.AsType[*flow.InvalidAnswers](err)
		if !is || len(invalid.Problems) != 1 || invalid.Problems[0].Field != "telephone" || !strings.Contains(invalid.Problems[0].Reason.NL, "servicenummer") {
			t.Errorf("%q leads to %v at %q", typed, err, f.State())
		}
		if n := len(d.OutboxMessages(t)); n != 0 {
			t.Errorf("%q: %d messages", typed, n)
		}
	}
}

// TestCallBackQuotaOfStrangers tests that strangers who ask all day for calls at a terminal, to a customer's own number, and for
// answers to their own address, keep nothing from that customer once they log in.
func TestCallBackQuotaOfStrangers(t *testing.T) {
	const own, email = "+31612345678", "o.hoeve@example.org"
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		c, _ := tx.Customer("K06")
		c.Phone, c.Email = own, email
		tx.PutCustomer(c)
	})
	write := func(f *flow.Flow, answers ...string) {
		f.SwitchFields(0)
		flowtest.MustSubmit(t, f, append(answers, "channel", "email", "about", "Mijn polis")...)
	}
	for range 25 {
		flowtest.MustSubmit(t, contact.CallBack(flow.NewVisit(d.Desk)), "name", "J. de Boer", "telephone", own)
		write(contact.CallBack(flow.NewVisit(d.DeskAtTerminal("Utrecht 2").Desk)), "name", "J. de Boer", "address", email)
	}
	before := len(d.OutboxMessages(t))
	owner := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	flowtest.MustSubmit(t, contact.CallBack(owner), "telephone", own)
	write(contact.CallBack(owner), "address", email)
	asked := d.OutboxMessages(t)[before:]
	if len(asked) != 2 || asked[0].Customer != "K06" || asked[1].Customer != "K06" {
		t.Errorf("the service desk gets %+v", asked)
	}
}
