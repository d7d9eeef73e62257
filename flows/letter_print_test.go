package flows_test

import (
	"strings"
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/text"
	"loket/store"
)

// TestLargePrintOfVisitors holds that a visitor who is not logged in gets a letter in large print if they ask for it or if the
// customer chose it, that the answer only tells what the visitor asked for, and that the customer's choice stays as it is.
func TestLargePrintOfVisitors(t *testing.T) {
	person := []string{"birth date", "10-10-1940", "postcode", "3517AJ"}
	for name, request := range map[string]struct {
		begin                func(*flow.Visit) *flow.Flow
		fact, right, unknown string // fact is what the visitor also fills in, rightly or wrongly.
	}{
		"forgotten password": {flows.ForgottenPassword, "username", "bpost", "niemand"},
		"forgotten username": {flows.ForgottenUsername, "product number", "L81.000", "L81.001"},
		"request number":     {flows.RequestNumber, "house number", "8", "9"},
		"request account":    {flows.RequestAccount, "house number", "8", "9"},
	} {
		for _, isAsked := range []bool{false, true} {
			said := map[text.Text]bool{}
			for _, chosen := range []store.LetterPrint{"", store.LargePrint} {
				for _, fact := range []string{request.right, request.unknown} {
					d := flowtest.New(t)
					d.Update(t, func(tx *store.Tx) {
						c, _ := tx.Customer("K08")
						c.LetterPrint = chosen
						tx.PutCustomer(c)
					})
					f := request.begin(flow.NewVisit(d.Desk))
					if isAsked {
						f.SwitchFields(1)
					}
					answers := append([]string{"house number", "8", request.fact, fact}, person...)
					said[flowtest.MustSubmit(t, f, answers...).Step().Body()] = true
					checkPrint(t, name, d, chosen, isAsked, fact == request.right)
				}
			}
			if len(said) != 1 {
				t.Errorf("%s, asked for large print %v: the answer tells who is known, or what they chose: %v", name, isAsked, said)
			}
			for text := range said {
				if strings.Contains(text.NL, "een brief in grote letters.") != isAsked || strings.Contains(text.EN, "a letter in large print by") != isAsked {
					t.Errorf("%s, asked for large print %v: the visitor reads %q", name, isAsked, text)
				}
			}
		}
	}
}

// checkPrint checks the print of the letter that a request put into the outbox, and the choice of the customer K08.
func checkPrint(t *testing.T, name string, d *flowtest.Desk, chosen store.LetterPrint, isAsked, isKnown bool) {
	t.Helper()
	want := chosen
	if isAsked {
		want = store.LargePrint
	}
	messages := d.OutboxMessages(t)
	if isKnown && (len(messages) != 1 || messages[0].LetterPrint != want || messages[0].Channel != store.ByLetter) || !isKnown && len(messages) != 0 {
		t.Errorf("%s, asked for large print %v: sent %+v, want print %q", name, isAsked, messages, want)
	}
	d.View(t, func(tx *store.Tx) {
		if c, _ := tx.Customer("K08"); c.LetterPrint != chosen {
			t.Errorf("%s, asked for large print %v: the customer now has print %q", name, isAsked, c.LetterPrint)
		}
	})
}

// TestLargePrintInsteadOfEmail holds that the letter that replaces an undeliverable e-mail has the print that the visitor asked for.
func TestLargePrintInsteadOfEmail(t *testing.T) {
	d := flowtest.New(t)
	f := flows.ForgottenUsername(flow.NewVisit(d.Desk))
	f.SwitchFields(1)
	flowtest.MustSubmit(t, f, "birth date", "2-1-1970", "postcode", "3515AG", "house number", "6", "product number", "NL61NNBA0000000061")
	email := flowtest.LastElement(d.OutboxMessages(t))
	d.Update(t, func(tx *store.Tx) {
		if !d.HandleUndeliverable(tx, email, "no such mailbox") {
			t.Error("no letter is sent instead")
		}
	})
	for _, m := range d.OutboxMessages(t) {
		if m.Template == email.Template && m.Channel == store.ByLetter && m.LetterPrint != store.LargePrint {
			t.Errorf("the letter is %+v", m)
		}
	}
}
