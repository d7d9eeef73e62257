package transfer

import (
	"fmt"

	"loket/flows/transfer/lines"
	"loket/store"
)

// importer judges one line after the other, in the one transaction of an import.
type importer struct {
	Options
	tx     *store.Tx
	line   lines.ParsedLine // that is being judged
	wrong  bool             // it cannot be taken
	notes  *notes
	spools bool // lines that change something, to be taken in later
	lost   bool // there was a line with problems of which nobody knows what it was about

	problems Problems
	summary  Summary
}

// addProblem notes something that is wrong with the line, so that it is not taken.
func (im *importer) addProblem(field, format string, args ...any) {
	p := Problem{Line: im.line.Line, Field: field, Says: fmt.Sprintf(format, args...)}
	if all := im.problems.All; len(all) == 0 || all[len(all)-1].Line != p.Line {
		im.problems.Lines++
		if im.Texts {
			p.Text = string(im.line.Text)
		}
	}
	im.problems.All = append(im.problems.All, p)
	im.wrong = true
}

// reportUnknown reports that a line refers to what is neither in the store nor on an
// earlier line. If it was, or may have been, on one that has problems of its
// own, those suffice, unless each line that is not taken must be told.
func (im *importer) reportUnknown(what lines.RecordRef, field, role string) {
	im.wrong = true
	switch {
	case im.SetApart && im.notes.isRefused(what):
		im.addProblem(field, "%s %s is on a line that was set apart, and not in the store", role, what.ID)
	case im.SetApart || !im.lost && !im.notes.isRefused(what):
		im.addProblem(field, "%s %s is not known, here or in the store", role, what.ID)
	}
}

// findCustomers finds those with these ids, and reports those that are not known.
func (im *importer) findCustomers(field, role string, ids []store.CustomerID) (found []store.Customer) {
	for _, id := range ids {
		if c, known := im.tx.Customer(id); known {
			found = append(found, c)
		} else {
			im.reportUnknown(lines.RecordRef{Type: lines.CustomerType, ID: string(id)}, field, role)
		}
	}
	return found
}

// gotHoldingNow reports whether a customer has a product only since this import.
func (im *importer) gotHoldingNow(c store.CustomerID, p store.ProductID) bool {
	product, _ := im.notes.seen(lines.RecordRef{Type: lines.ProductType, ID: string(p)})
	return product.effect == added || im.notes.isGiven(c, p)
}

// effectOf returns what a line does that says these facts (their fingerprint) of a record
// that was there, with other facts or the same, or was not. A line with the same,
// such as one that was exported after the desk changed something, only becomes
// the line that the record is from.
func effectOf(was bool, before, after uint64) lineEffect {
	switch {
	case !was:
		return added
	case before != after:
		return changed
	}
	return unchanged
}
