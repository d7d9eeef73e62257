package transfer

import (
	"fmt"

	"loket/flows/transfer/lines"
	"loket/store"
)

// importer judges one line after the other, in the one transaction of an import.
type importer struct {
	Options
	tx              *store.Tx
	line            lines.ParsedLine // that is being judged
	hasProblem      bool             // it cannot be taken
	notes           *notes
	spools          bool // lines that change something, to be taken in later
	hasUnidentified bool // there was a line with problems of which nobody knows what it was about

	problems Problems
	summary  Summary
}

// addProblem notes something that is wrong with the line, so that it is not taken.
func (im *importer) addProblem(field, format string, args ...any) {
	p := Problem{Line: im.line.Line, Field: field, Reason: fmt.Sprintf(format, args...)}
	if all := im.problems.All; len(all) == 0 || all[len(all)-1].Line != p.Line {
		im.problems.Lines++
		if im.KeepLineTexts {
			p.Text = string(im.line.Text)
		}
	}
	im.problems.All = append(im.problems.All, p)
	im.hasProblem = true
}

// reportUnknownRecord reports that a line refers to what is neither in the store nor on an
// earlier line. If it was, or may have been, on one that has problems of its
// own, those suffice, unless each line that is not taken must be told.
func (im *importer) reportUnknownRecord(what lines.RecordRef, field, role string) {
	im.hasProblem = true
	switch {
	case im.SeparateBadLines && im.notes.isRefused(what):
		im.addProblem(field, "%s %s is on a line that was set apart, and not in the store", role, what.ID)
	case im.SeparateBadLines || !im.hasUnidentified && !im.notes.isRefused(what):
		im.addProblem(field, "%s %s is not known, here or in the store", role, what.ID)
	}
}

// findCustomers finds those with these ids, and reports those that are not known.
func (im *importer) findCustomers(field, role string, ids []store.CustomerID) (found []store.Customer) {
	for _, id := range ids {
		if c, known := im.tx.Customer(id); known {
			found = append(found, c)
		} else {
			im.reportUnknownRecord(lines.RecordRef{Type: lines.CustomerType, ID: string(id)}, field, role)
		}
	}
	return found
}

// gotHoldingInImport reports whether a customer has a product only since this import.
func (im *importer) gotHoldingInImport(c store.CustomerID, p store.ProductID) bool {
	product, _ := im.notes.seen(lines.RecordRef{Type: lines.ProductType, ID: string(p)})
	return product.effect == effectAdded || im.notes.isGiven(c, p)
}

// effectOf returns the effect of a line about a record that was there, by the fingerprints of
// the facts before and after it. A line with the same facts, such as one that was exported
// after the desk changed something, only becomes the line that the record is from.
func effectOf(before, after uint64) lineEffect {
	if before != after {
		return effectChanged
	}
	return effectUnchanged
}
