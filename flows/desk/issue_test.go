package desk_test

import (
	"errors"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/flowtest"
	"loket/store"
)

// TestIssue tests that a number works until the end of the same day of the month, NumberMonths later, and that no number is
// issued twice.
func TestIssue(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		n, err := d.IssueActivationNumber(tx, "123456789012", "K01", "A01")
		if err != nil || n.Expires != time.Date(2027, 7, 4, 22, 0, 0, 0, time.UTC) || n.Issued != tx.Now {
			t.Errorf("issued %+v, %v", n, err)
		}
		if _, err := d.IssueActivationNumber(tx, "123456789012", "K02", "A01"); !errors.Is(err, desk.ErrNumberTaken) {
			t.Errorf("issued twice: %v", err)
		}
	})
}

// TestTell tests that a message goes to the customer's address, and that an unknown customer gets no message.
func TestTell(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		d.NotifyCustomer(tx, "K06", desk.TemplatePasswordChanged, map[string]string{"a": "b"})
		d.NotifyCustomer(tx, "K08", desk.TemplatePasswordChanged, nil)
		d.NotifyCustomer(tx, "K99", desk.TemplatePasswordChanged, nil)
	})
	sent := d.OutboxMessages(t)
	if len(sent) != 2 {
		t.Fatalf("sent %+v", sent)
	}
	byEmail, byPost := sent[0], sent[1]
	if byEmail.Channel != store.ByEmail || byEmail.To[0] != "klant06@example.org" || byEmail.Facts["a"] != "b" || byEmail.Facts["name"] != "O. Hoeve" {
		t.Errorf("sent %+v", byEmail)
	}
	if byPost.Channel != store.ByLetter || len(byPost.To) != 3 || byPost.To[1] != "Dorpsstraat 8" || byPost.To[2] != "3517 AJ  Utrecht" || !byPost.ArrivesBy.After(byEmail.ArrivesBy) {
		t.Errorf("sent %+v", byPost)
	}
}
