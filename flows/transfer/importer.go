package transfer

import (
	"fmt"
	"slices"

	"loket/flows/transfer/lines"
	"loket/store"
)

// importer judges one line after the other, in the one transaction of an import.
type importer struct {
	tx      *store.Tx
	line    int // that is being judged
	about   lines.RecordRef
	seen    map[lines.RecordRef]seenRecord
	refused map[lines.RecordRef]bool // what lines with problems were about, so that nobody is told that it is unknown
	lost    bool                     // there was a line with problems of which nobody knows what it was about
	given   map[newHolding]bool      // products that were there before, and customers got in this import

	problems Problems
	summary  Summary
}

// seenRecord is the line that something was first seen at.
type seenRecord struct {
	line   int
	origin uint64
	effect lineEffect
}

type newHolding struct {
	customer store.CustomerID
	product  store.ProductID
}

func (im *importer) addProblem(format string, args ...any) {
	im.problems.addProblem(im.line, fmt.Sprintf(format, args...))
}

// reportUnknown reports that a line refers to what is neither in the store nor on an
// earlier line. If it was, or may have been, on one that has problems of its
// own, those suffice.
func (im *importer) reportUnknown(what lines.RecordRef, role string) {
	if im.lost || im.refused[what] {
		im.refused[im.about] = true
		return
	}
	im.addProblem("%s %s is not known, here or in the store", role, what.ID)
}

// findCustomers finds those with these ids, and reports those that are not known.
func (im *importer) findCustomers(role string, ids []store.CustomerID) (found []store.Customer) {
	for _, id := range ids {
		if c, known := im.tx.Customer(id); known {
			found = append(found, c)
		} else {
			im.reportUnknown(lines.RecordRef{Type: lines.CustomerType, ID: string(id)}, role)
		}
	}
	return found
}

// dropHoldings takes from a customer the holdings that which holds for.
func (im *importer) dropHoldings(id store.CustomerID, which func(store.Holding) bool) {
	if c, known := im.tx.Customer(id); known && slices.ContainsFunc(c.Holdings, which) {
		c.Holdings = slices.DeleteFunc(slices.Clone(c.Holdings), which)
		im.tx.PutCustomer(c)
	}
}

// gotHoldingNow reports whether a customer has a product only since this import.
func (im *importer) gotHoldingNow(c store.CustomerID, p store.ProductID) bool {
	return im.given[newHolding{c, p}] || im.seen[lines.RecordRef{Type: lines.ProductType, ID: string(p)}].effect == added
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
