package transfer

import (
	"slices"

	"loket/flows/transfer/lines"
	"loket/store"
)

// number leaves a number alone that is there already: it may have been used. But
// if the import that it came from was interrupted, the application need not
// know it yet.
func (im *importer) number(n store.ActivationNumber) lineEffect {
	id := lines.Ref{Type: lines.ApplicationType, ID: string(n.Application)}
	a, known := im.tx.Application(n.Application)
	switch {
	case !known:
		im.unknown(id, "application", "application")
		return unchanged
	case !slices.Contains(a.Applicants, n.Customer):
		im.problem("customer", "customer %s is not an applicant of application %s", n.Customer, n.Application)
		return unchanged
	}
	old, was := im.tx.Number(n.Number)
	if was && (old.Customer != n.Customer || old.Application != n.Application) {
		im.problem("number", "the number is that of customer %s and application %s already", old.Customer, old.Application)
		return unchanged
	}
	if was {
		n = old
	}
	im.settle(n, a.Latest[n.Customer], was)
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
