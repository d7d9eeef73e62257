package operator_test

import (
	"errors"
	"testing"

	"loket/flows/desk"
	"loket/flows/flowtest"
	"loket/flows/operator"
	"loket/store"
)

// TestOpenAccount: whoever cannot activate their account at a desk gets one, and a letter with a
// temporary password that lets them in.
func TestOpenAccount(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		c, _ := tx.Customer("K14")
		c.BirthDate = "0000-00-00"
		tx.PutCustomer(c)
		flowtest.SetStatus(tx, "K15", "deceased")
	})
	if err := operator.OpenAccount(t.Context(), d.Desk, "K14", "aalbers14"); err != nil {
		t.Fatal(err)
	}
	sent := d.OutboxMessages(t)
	if len(sent) != 1 || sent[0].Template != desk.TemplateTemporaryPassword || sent[0].Channel != store.ByLetter || sent[0].Customer != "K14" {
		t.Fatalf("sent %+v", sent)
	}
	if f := d.LogIn(t, "aalbers14", sent[0].Facts["password"]); f.State() != "choose new password" {
		t.Errorf("the letter leads to %q", f.State())
	}
	for _, test := range []struct {
		id       store.CustomerID
		username string
		want     error
	}{
		{"K14", "another14", operator.ErrHasAccount}, {"K13", "OHOEVE", operator.ErrUsernameTaken},
		{"K15", "brandsma", operator.ErrCustomerInactive}, {"K99", "nobody99", operator.ErrUnknownCustomer},
	} {
		if err := operator.OpenAccount(t.Context(), d.Desk, test.id, test.username); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", test.id, err)
		}
	}
	if len(d.OutboxMessages(t)) != 1 {
		t.Error("more was sent")
	}
}
