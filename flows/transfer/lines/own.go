package lines

import (
	"time"

	"loket/flows/text"
	"loket/flows/transfer/check"
	"loket/store"
)

// OwnValues has the values that were changed at the desk and that differ from the bank's values in the same line. An empty
// value means that the customer removed it. A value equal to the bank's means that the bank's earlier value is unknown. An
// export writes Own for use at another desk. It has no effect on a customer who already exists there.
type OwnValues struct {
	Email       *string `json:"email,omitempty"`
	Phone       *string `json:"phone,omitempty"`
	Language    *string `json:"language,omitempty"`
	LetterPrint *string `json:"letter_print,omitempty"`
	// EmailUnconfirmedSince is when the service desk set the e-mail address that the customer has. It is empty if the owner of the
	// address confirmed it, or if it came from elsewhere.
	EmailUnconfirmedSince string `json:"email_unconfirmed_since,omitempty"`
}

// valueFields maps the name of each of store.SharedFacts to the field with its value.
func (o *OwnValues) valueFields() map[string]**string {
	return map[string]**string{"email": &o.Email, "phone": &o.Phone, "language": &o.Language, "letter_print": &o.LetterPrint}
}

// toRecord replaces the bank's values in r by the customer's own.
func (o *OwnValues) toRecord(c *check.FieldReader, r *store.Customer) {
	if o == nil {
		return
	}
	c.PathPrefix = "own."
	readers := map[string]func(string) string{
		"email": func(s string) string { return c.ReadEmail("email", s) },
		"phone": func(s string) string { return c.ReadPhone("phone", s) },
		"language": func(s string) string {
			return string(check.ReadListedWord(c, "language", s, string(text.Dutch), string(text.English)))
		},
		"letter_print": func(s string) string { return string(readLetterPrint(c, s)) },
	}
	values := o.valueFields()
	for _, f := range store.SharedFacts {
		if value := *values[f.Name]; value != nil {
			f.SetCustomerValue(r, readers[f.Name](*value))
		}
	}
	if since := o.EmailUnconfirmedSince; since != "" {
		r.UnconfirmedSince = c.PastTime("email_unconfirmed_since", since)
		if r.Email == "" && !c.HasProblem("email") && !c.HasProblem("own.email") {
			c.AddProblem("email_unconfirmed_since", "is for an e-mail address, and there is none")
		}
	}
	c.PathPrefix = ""
}

// separateOwnValues splits c into the customer with the bank's values, and the customer's own values; these are nil if there are
// none and the e-mail address is confirmed. In an old record without a list of changes, every fact may be the customer's own.
func separateOwnValues(c store.Customer) (bank store.Customer, own *OwnValues) {
	if c.Origin != 0 {
		c.DeskChanges = c.FactsChangedAtDesk()
	}
	bank = c
	var o OwnValues
	values := o.valueFields()
	for _, f := range store.SharedFacts {
		if value, is := f.CustomerValue(c); is {
			own = &o
			*values[f.Name] = &value
		}
		says, _ := f.LastBankValue(c)
		f.SetBankValue(&bank, says)
	}
	if !c.UnconfirmedSince.IsZero() && c.Email != "" {
		own = &o
		o.EmailUnconfirmedSince = c.UnconfirmedSince.UTC().Format(time.RFC3339Nano)
	}
	return bank, own
}
