package lines

import (
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/transfer/check"
	"loket/store"
)

// Number is an activation number: 12 digits, with or without spaces and
// dashes. It works from the day that it was issued up to and including the day
// on which it expires, in Amsterdam.
type Number struct {
	Type        string `json:"type"`
	Application string `json:"application"`
	Customer    string `json:"customer"`
	Number      string `json:"number"`
	Issued      string `json:"issued"`
	Expires     string `json:"expires"`
}

func (l Number) toRecord(c *check.Fields) Record {
	issued, last := c.RequiredDate("issued", l.Issued), c.RequiredDate("expires", l.Expires)
	if last.Before(issued) && !last.IsZero() {
		c.AddProblem("expires", "is before issued")
	}
	r := store.ActivationNumber{
		Application: store.ApplicationID(c.ID("application", l.Application)),
		Customer:    store.CustomerID(c.ID("customer", l.Customer)),
		Number:      check.RequiredParsed(c, "number", l.Number, desk.ParseActivationNumber, "12 digits"),
		Issued:      issued.At(0),
		Expires:     last.At(24 * dutch.Hour),
	}
	return Record{RecordRef{NumberType, r.Number}, store.Fingerprint(r), r}
}
