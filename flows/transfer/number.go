package transfer

import (
	"slices"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/store"
)

// numberLine is an activation number: 12 digits, with or without spaces and
// dashes. It works from the day that it was issued up to and including the day
// on which it expires, in Amsterdam.
type numberLine struct {
	Type        string `json:"type"`
	Application string `json:"application"`
	Customer    string `json:"customer"`
	Number      string `json:"number"`
	Issued      string `json:"issued"`
	Expires     string `json:"expires"`
}

func (l numberLine) record(c *checks) record {
	issued, last := c.date("issued", l.Issued), c.date("expires", l.Expires)
	if last.Before(issued) && !last.IsZero() {
		c.wrong("expires", "is before issued")
	}
	r := number{ActivationNumber: store.ActivationNumber{
		Application: store.ApplicationID(c.id("application", l.Application)),
		Customer:    store.CustomerID(c.id("customer", l.Customer)),
		Number:      neededForm(c, "number", l.Number, desk.ParseNumber, "12 digits"),
		Issued:      issued.At(0),
		Expires:     last.At(24 * dutch.Hour),
	}}
	r.line = store.Fingerprint(r.ActivationNumber)
	return r
}

type number struct {
	store.ActivationNumber
	line uint64
}

func (n number) about() ref     { return ref{numberType, n.Number} }
func (n number) origin() uint64 { return n.line }

// apply leaves a number alone that is there already: it may have been used. But
// if the import that it came from was interrupted, the application need not
// know it yet.
func (n number) apply(im *importer) change {
	id := ref{applicationType, string(n.Application)}
	a, known := im.tx.Application(n.Application)
	switch {
	case !known:
		im.unknown(id, "application")
		return unchanged
	case !slices.Contains(a.Applicants, n.Customer):
		im.problem("customer %s is not an applicant of application %s", n.Customer, n.Application)
		return unchanged
	}
	old, was := im.tx.Number(n.Number)
	if was && (old.Customer != n.Customer || old.Application != n.Application) {
		im.problem("the number is that of customer %s and application %s already", old.Customer, old.Application)
		return unchanged
	}
	if was {
		n.ActivationNumber = old
	}
	im.settle(n.ActivationNumber, a.Latest[n.Customer], was)
	if was {
		return unchanged
	}
	return added
}

// settle makes n the newest number of its person and application, or makes it
// useless because of one that was issued later (A2). Of two of the same day
// the one that came later is newer.
func (im *importer) settle(n store.ActivationNumber, newest store.NumberID, was bool) {
	latest, has := im.tx.NumberByID(newest)
	switch {
	case has && newest == im.tx.NumberID(n.Number):
	case has && latest.Issued.After(n.Issued), has && was && latest.Issued.Equal(n.Issued):
		if !was {
			im.tx.PutNumber(n)
		}
		im.revoke(im.tx.NumberID(n.Number))
	default:
		im.tx.Issue(n)
	}
}

// revoke makes a number useless, unless it is that already.
func (im *importer) revoke(id store.NumberID) {
	if n, is := im.tx.NumberByID(id); is && n.Used.IsZero() && n.Revoked.IsZero() {
		n.Revoked = im.tx.Now
		im.tx.PutNumber(n)
	}
}
