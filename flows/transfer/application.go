package transfer

import (
	"slices"

	"loket/flows/transfer/lines"
	"loket/store"
)

// importApplication stores the application a. Applicants who did not have the product before this import see it only after
// using its activation number (A4). A customer who is no longer an applicant loses the product, and their activation numbers
// are revoked.
//
// If the application is now for another product, the holders of the old product no longer need an activation number for it.
func (im *importer) importApplication(line lines.OpenedApplication) lineEffect {
	a := line.Application
	product := lines.RecordRef{Type: lines.ProductType, ID: string(a.Product)}
	_, known := im.tx.ProductRecord(a.Product)
	if im.removeErasedApplicants(&a) || !known && im.notes.isLeftOut(product) {
		return im.leaveOutLine()
	}
	im.findReferredCustomers("applicants", "applicant", a.Applicants)
	if !known {
		im.reportUnknownRecord(product, "product", "product")
	}
	if im.hasProblem {
		return effectUnchanged
	}
	old, was := im.tx.Application(a.ID)
	if was && old.Origin == a.Origin && old.Ended.IsZero() {
		return effectUnchanged
	}
	a.LatestNumbers, a.PreviousNumbers, a.SpentNumbers = old.LatestNumbers, old.PreviousNumbers, old.SpentNumbers
	im.tx.PutApplication(a)
	for _, id := range old.Applicants {
		stays := slices.Contains(a.Applicants, id)
		if !stays {
			im.tx.RevokeNumbers(a, id)
		}
		if old.Product != a.Product {
			im.clearHoldingApplication(id, old)
		}
		if !stays || old.Product != a.Product {
			im.tx.DropMatchingHoldings(id, func(h store.Holding) bool { return h.Application == a.ID && !h.IsVisible() })
		}
	}
	if was && old.Product != a.Product {
		im.tx.NoteUnopened(old.Product)
	}
	for _, id := range a.Applicants {
		c, known := im.tx.Customer(id)
		switch h := c.Holding(a.Product); {
		case !known:
			continue
		case h == nil:
			c.AddHolding(a.Product).Application = a.ID
			im.notes.noteApplication(id, a.Product, a.ID)
		case h.Application == "" && im.gotHoldingInImport(c.ID, a.Product):
			h.Application = a.ID
			im.notes.noteApplication(id, a.Product, a.ID)
		case h.Application == a.ID && !was && h.OpenedAt.IsZero(): // The line of the product has linked them.
		default:
			continue
		}
		if at, is := line.Opened[id]; is && !was {
			c.Holding(a.Product).OpenedAt = at
		}
		im.tx.PutHoldings(c)
	}
	return im.effectOn(was, old.Ended, lines.ApplicationFingerprint(old), a.Origin)
}

// clearHoldingApplication gives a holder access to a product as if nobody had applied for it.
func (im *importer) clearHoldingApplication(id store.CustomerID, from store.Application) {
	p, _ := im.tx.Product(from.Product)
	c, known := im.tx.Customer(id)
	if !known || !slices.Contains(p.Holders, id) {
		return
	}
	switch h := c.Holding(from.Product); {
	case h == nil && from.Ended.IsZero():
		return
	case h == nil: // The application had ended before the customer opened the product.
		c.AddHolding(from.Product)
	case h.Application == from.ID && !h.IsVisible():
		h.Application = ""
	default:
		return
	}
	im.tx.PutHoldings(c)
}
