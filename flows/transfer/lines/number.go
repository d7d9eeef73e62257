package lines

import (
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/transfer/check"
	"loket/store"
	"loket/store/fingerprint"
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

// latestExpiryDay is the last day on which a number can expire, because no time in the store may be after the year 9999.
var latestExpiryDay = dutch.Date{Year: 9999, Month: time.December, Day: 30}

func (l ActivationNumber) toRecord(c *check.FieldReader) LineRecord {
	issued, last := c.ReadRequiredDate("issued", l.Issued), c.ReadRequiredDate("expires", l.Expires)
	switch {
	case last.Before(issued) && !last.IsZero():
		c.AddProblem("expires", "is before issued")
	case latestExpiryDay.Before(last):
		c.AddProblem("expires", "must be a day before %s", latestExpiryDay.AddDays(1))
	}
	r := store.ActivationNumber{
		Application: store.ApplicationID(c.ReadID("application", l.Application)),
		Customer:    store.CustomerID(c.ReadID("customer", l.Customer)),
		Number:      check.ReadRequiredParsed(c, "number", l.Number, desk.ParseActivationNumber, "12 digits"),
	}
	about := RecordRef{NumberType, r.Number}
	if len(c.Problems) > 0 { // With problems, the days may be missing.
		return LineRecord{Ref: about}
	}
	r.Issued, r.Expires = issued.TimeAt(0), last.TimeAt(24*dutch.Hour)
	return LineRecord{about, fingerprint.OfRecord(r), r}
}
