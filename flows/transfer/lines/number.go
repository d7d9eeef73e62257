package lines

import (
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/transfer/check"
	"loket/store"
)

// ActivationNumber is a line about an activation number: 12 digits, with or without spaces and dashes. The number works from
// the day of issue up to and including the day on which it expires, in Amsterdam time.
type ActivationNumber struct {
	Type        string `json:"type"`
	Application string `json:"application"`
	Customer    string `json:"customer"`
	Number      string `json:"number"`
	Issued      string `json:"issued"`
	Expires     string `json:"expires"`
}

// lastDay is the last day on which a number can expire, because no time in the store may be after the year 9999.
var lastDay = dutch.Date{Year: 9999, Month: time.December, Day: 30}

func (l ActivationNumber) toRecord(c *check.Fields) Record {
	issued, last := c.RequiredDate("issued", l.Issued), c.RequiredDate("expires", l.Expires)
	switch {
	case last.Before(issued) && !last.IsZero():
		c.AddProblem("expires", "is before issued")
	case lastDay.Before(last):
		c.AddProblem("expires", "must be a day before %s", lastDay.AddDays(1))
	}
	r := store.ActivationNumber{
		Application: store.ApplicationID(c.ID("application", l.Application)),
		Customer:    store.CustomerID(c.ID("customer", l.Customer)),
		Number:      check.RequiredParsed(c, "number", l.Number, desk.ParseActivationNumber, "12 digits"),
	}
	about := RecordRef{NumberType, r.Number}
	if len(c.Problems) > 0 { // With problems, the days may be missing.
		return Record{Ref: about}
	}
	r.Issued, r.Expires = issued.TimeAt(0), last.TimeAt(24*dutch.Hour)
	return Record{about, store.Fingerprint(r), r}
}
