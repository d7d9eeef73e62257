package transfer

import (
	"slices"

	"loket/store"
)

// importProduct stores the product p. It also adds the product to its new holders, and takes it from former holders. Earlier holders
// who do not have the product lost it with an application, before they opened it. They need an application to get it (A4).
func (im *importer) importProduct(p store.Product) lineEffect {
	if im.removeErasedHolders(&p) {
		return im.leaveOutLine()
	}
	holders := im.findReferredCustomers("holders", "holder", p.Holders)
	if im.hasProblem {
		return effectUnchanged
	}
	old, was := im.tx.ProductRecord(p.ID)
	if was && old.Origin == p.Origin && old.Ended.IsZero() {
		return effectUnchanged
	}
	if was {
		p.Unopened = slices.DeleteFunc(slices.Clone(old.Unopened), func(id store.CustomerID) bool { return !slices.Contains(p.Holders, id) })
		im.tx.PutProduct(p)
	} else {
		im.tx.AddProduct(p)
	}
	for _, c := range holders {
		if c.Holding(p.ID) == nil && !slices.Contains(old.Holders, c.ID) {
			c.AddHolding(p.ID).Application = im.notes.findNotedApplication(c.ID, p.ID)
			im.tx.PutHoldings(c)
			if was {
				im.notes.noteGivenProduct(c.ID, p.ID)
			}
		}
	}
	for _, id := range old.Holders {
		if !slices.Contains(p.Holders, id) {
			im.tx.DropEndedHolding(id, p.ID, im.tx.Now)
		}
	}
	if was && !old.IsClosed() && p.IsClosed() {
		im.summary.countEnded(keyProductsClosed, 1)
	}
	return im.effectOn(was, old.Ended, old.LineFingerprint(), p.Origin)
}
