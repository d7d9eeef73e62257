package transfer

import (
	"slices"

	"loket/flows/transfer/lines"
	"loket/store"
)

// importNumber adds a new activation number. It leaves a number alone that exists or existed before, because it may have been
// used. If an earlier import was interrupted, a number may exist without being known to its application; then importNumber
// adds it there.
func (im *importer) importNumber(n store.ActivationNumber) lineEffect {
	id := lines.RecordRef{Type: lines.ApplicationType, ID: string(n.Application)}
	a, known := im.tx.Application(n.Application)
	switch {
	case im.isErased(n.Customer) || !known && im.notes.isLeftOut(id):
		return im.leaveOutLine()
	case !known:
		im.reportUnknownRecord(id, "application", "application")
		return effectUnchanged
	case !slices.Contains(a.Applicants, n.Customer):
		im.addLineProblem("customer", "customer %s is not an applicant of application %s", n.Customer, n.Application)
		return effectUnchanged
	}
	if slices.Contains(a.SpentNumbers, im.tx.NumberID(n.Number)) {
		return effectUnchanged
	}
	old, was := im.tx.Number(n.Number)
	if was && (old.Customer != n.Customer || old.Application != n.Application) {
		im.addLineProblem("number", "the number is that of customer %s and application %s already", old.Customer, old.Application)
		return effectUnchanged
	}
	if was {
		n = old
	}
	if id := im.tx.NumberID(n.Number); !was || a.LatestNumbers[n.Customer] != id && a.PreviousNumbers[n.Customer] != id && n.Used.IsZero() && n.Revoked.IsZero() {
		im.tx.IssueNumber(n)
	}
	if was {
		return effectUnchanged
	}
	return effectAdded
}
