package desk_test

import (
	"slices"
	"testing"

	"loket/flows/desk"
	"loket/flows/flowtest"
	"loket/store"
)

// TestLettersToLeftAddress checks that a waiting letter with a secret goes to the postal address that its customer has by now, and
// that a notice keeps its address.
func TestLettersToLeftAddress(t *testing.T) {
	d := flowtest.New(t)
	for template, want := range map[string]desk.AddressChange{
		desk.TemplateTemporaryPassword: desk.AddressReplaced,
		desk.TemplateUsername:          desk.AddressReplaced,
		desk.TemplatePasswordChanged:   desk.AddressKept,
	} {
		d.Update(t, func(tx *store.Tx) {
			c := store.Customer{ID: "K1", Initials: "A.B.", Surname: "Berg", Street: "Dorpsstraat", HouseNumber: 12, Postcode: "3511 AB", City: "Utrecht", Language: "nl"}
			tx.PutCustomer(c)
			d.QueueMessage(tx, c, store.ByLetter, template, nil)
			waiting := slices.Collect(tx.Messages())
			m := waiting[len(waiting)-1]
			if got := d.LeaveOldAddress(tx, m); got != desk.AddressKept {
				t.Errorf("%s, before the move: %v", template, got)
			}
			c.Street = "Kade"
			tx.PutCustomer(c)
			if got := d.LeaveOldAddress(tx, m); got != want {
				t.Errorf("%s: %v, want %v", template, got, want)
			}
			street := "Dorpsstraat 12"
			if want == desk.AddressReplaced {
				street = "Kade 12"
			}
			if m, _ = tx.Message(m.ID); m.To[1] != street {
				t.Errorf("%s: the letter goes to %q", template, m.To)
			}
		})
	}
}

// TestLetterToNewName checks that a waiting letter gets the name that its customer has by now, and that it does not count as a letter
// to a new address.
func TestLetterToNewName(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		for _, c := range []store.Customer{
			{ID: "K1", Initials: "A.B.", Surname: "Berk", Street: "Dorpsstraat", HouseNumber: 12, Postcode: "3511 AB", City: "Utrecht", Language: "nl"},
			{ID: "K2", Initials: "A.B.", Surname: "Berk", Country: "BE", Lines: []string{"Dorpsstraat 12"}, Language: "nl"},
		} {
			tx.PutCustomer(c)
			d.QueueMessage(tx, c, store.ByLetter, desk.TemplateUsername, nil)
			waiting := slices.Collect(tx.Messages())
			m := waiting[len(waiting)-1]
			c.Surname = "Berg"
			tx.PutCustomer(c)
			if got := d.LeaveOldAddress(tx, m); got != desk.AddressKept {
				t.Errorf("%s: %v", c.ID, got)
			}
			if now, _ := tx.Message(m.ID); now.To[0] != "A.B. Berg" || !slices.Equal(now.To[1:], m.To[1:]) {
				t.Errorf("%s: the letter goes to %q", c.ID, now.To)
			}
		}
	})
}
