package transfer

import (
	"fmt"
	"time"

	"loket/flows/transfer/lines"
	"loket/store"
)

// An importer judges one line after another, in the single transaction of an import.
type importer struct {
	Options
	tx              *store.Tx
	line            lines.ParsedLine // line is the line that is being judged.
	referred        []store.Customer // referred are the customers to whom the line refers.
	hasProblem      bool             // hasProblem reports whether the line cannot be imported.
	notes           *importNotes
	spools          bool // spools keeps the lines that change something, to be imported later.
	hasUnidentified bool // hasUnidentified reports whether the record of some line with problems is unknown.
	hasErased       bool // hasErased reports whether there were erased customers, whose lines are left out, when the import began.
	beganAt         time.Time

	problems *Problems
	summary  Summary
}

// addLineProblem records a problem of the current line, which is then not imported.
func (im *importer) addLineProblem(field, format string, args ...any) {
	p := Problem{Line: im.line.Line, Field: field, Reason: fmt.Sprintf(format, args...)}
	if im.KeepLineTexts {
		p.Text = string(im.line.Text)
	}
	im.problems.addProblem(p)
	im.hasProblem = true
}

// reportUnknownRecord reports that the current line refers to a record that is neither in the store nor on an earlier line. If
// that record may be on a line that has its own problems, reporting those is enough, except when bad lines are separated: then
// each line that is left out needs a reason.
func (im *importer) reportUnknownRecord(what lines.RecordRef, field, role string) {
	im.hasProblem = true
	switch {
	case im.SeparateBadLines && im.notes.isRecordRefused(what):
		im.addLineProblem(field, "%s %s is on a line that was set apart, and not in the store", role, what.ID)
	case im.SeparateBadLines || !im.hasUnidentified && !im.notes.isRecordRefused(what):
		im.addLineProblem(field, "%s %s is not known, here or in the store", role, what.ID)
	}
}

// findReferredCustomers returns the customers with the given IDs, and reports the IDs that are unknown. The result is valid until the
// next call.
func (im *importer) findReferredCustomers(field, role string, ids []store.CustomerID) []store.Customer {
	im.referred = im.referred[:0]
	for _, id := range ids {
		if c, known := im.tx.Customer(id); known {
			im.referred = append(im.referred, c)
		} else {
			im.reportUnknownRecord(lines.RecordRef{Type: lines.CustomerType, ID: string(id)}, field, role)
		}
	}
	return im.referred
}

// gotHoldingInImport reports whether a customer got a product in this import.
func (im *importer) gotHoldingInImport(c store.CustomerID, p store.ProductID) bool {
	product, _ := im.notes.findSeenRecord(lines.RecordRef{Type: lines.ProductType, ID: string(p)})
	return product.effect == effectAdded || im.notes.isProductGiven(c, p)
}

// effectOn returns the effect of the current line on a product or an application, and notes if it brings that back. The record was
// there before if was is true; then ended is when it had ended, if it had.
func (im *importer) effectOn(was bool, ended time.Time, before, after uint64) lineEffect {
	switch effect := changeEffect(before, after); {
	case !was:
		return effectAdded
	case !ended.IsZero():
		im.notes.noteRevival(im.line.Ref, revival{ended, effect})
		return effectChanged
	default:
		return effect
	}
}

// changeEffect returns the effect of a line about a record that was there, by the fingerprints of
// the facts before and after it. A line with the same facts, such as one that was exported
// after the desk changed something, only becomes the line that the record is from.
func changeEffect(before, after uint64) lineEffect {
	if before != after {
		return effectChanged
	}
	return effectUnchanged
}
