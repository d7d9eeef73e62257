package lines

import (
	"loket/flows/text"
	"loket/flows/transfer/check"
	"loket/store"
)

// Own is what a customer changed at the desk of what the bank says in the same line, empty if they
// took it away. If it is what the bank says too, it is not known what the bank said before. An
// export writes it, for another desk; a customer who is there already keeps what that desk has.
type Own struct {
	Email    *string `json:"email,omitempty"`
	Phone    *string `json:"phone,omitempty"`
	Language *string `json:"language,omitempty"`
}

// values returns where the value of each of store.SharedFacts stands, by its name.
func (o *Own) values() map[string]**string {
	return map[string]**string{"email": &o.Email, "phone": &o.Phone, "language": &o.Language}
}

// toRecord puts the customer's own values over those of the bank.
func (o *Own) toRecord(c *check.Fields, r *store.Customer) {
	if o == nil {
		return
	}
	c.PathPrefix = "own."
	readers := map[string]func(string) string{
		"email": func(s string) string { return c.Email("email", s) },
		"phone": func(s string) string { return c.Phone("phone", s) },
		"language": func(s string) string {
			return string(check.OneOf(c, "language", s, string(text.Dutch), string(text.English)))
		},
	}
	values := o.values()
	for _, f := range store.SharedFacts {
		if value := *values[f.Name]; value != nil {
			f.SetOwnValue(r, readers[f.Name](*value))
		}
	}
	c.PathPrefix = ""
}

// separateOwn returns c as the bank has them, and what is the customer's own; nil if nothing is. Of
// a record from before changes were noted, every fact may be the customer's own.
func separateOwn(c store.Customer) (bank store.Customer, own *Own) {
	if c.Origin != 0 {
		c.DeskChanges = c.ChangedAtDesk()
	}
	bank = c
	var o Own
	values := o.values()
	for _, f := range store.SharedFacts {
		if value, is := f.OwnValue(c); is {
			own = &o
			*values[f.Name] = &value
		}
		says, _ := f.BankValue(c)
		f.SetBankValue(&bank, says)
	}
	return bank, own
}
