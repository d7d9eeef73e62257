package transfer

import (
	"context"
	"slices"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/flows/transfer/lines"
	"loket/store"
)

// remove ends what the bank no longer has. What is not known here has ended already, and what
// the desk made is not the bank's to end. Accounts and activation numbers are the desk's.
func (im *importer) remove(r lines.Removal) lineEffect {
	ended := ""
	switch r.Type {
	case lines.CustomerType:
		if c, known := im.tx.Customer(store.CustomerID(r.ID)); known && c.IsInFeed() {
			im.notes.end(c.ID)
			ended = customersRemoved
		}
	case lines.ProductType:
		ended = im.removeProduct(store.ProductID(r.ID), r.Holder)
	case lines.ApplicationType:
		if a, known := im.tx.Application(store.ApplicationID(r.ID)); known && a.IsInFeed() {
			im.tx.EndApplication(a)
			ended = applicationsEnded
		}
	}
	if ended == "" {
		return effectUnchanged
	}
	im.summary.end(ended, 1)
	return effectChanged
}

// removeProduct ends a product, or takes it from one of its holders.
func (im *importer) removeProduct(id store.ProductID, holder store.CustomerID) (ended string) {
	p, known := im.tx.ProductRecord(id)
	switch {
	case !known || !p.IsInFeed():
		return ""
	case holder == "":
		im.tx.EndProduct(p)
		return productsRemoved
	case !slices.Contains(p.Holders, holder):
		return ""
	}
	im.tx.EndHolder(p, holder)
	p, _ = im.tx.Product(id)
	p.Origin = lines.ProductFingerprint(p) // else the line with this holder would seem to be in already
	im.tx.PutProduct(p)
	return holdersRemoved
}

// takeEnded ends the customers whom the bank has no more, each in one transaction with the audit
// entry that says so. Then it withdraws the messages that wait for those with whom the desk
// no longer deals. If that is interrupted none of them is sent either: the courier looks.
func (im *importer) takeEnded(ctx context.Context, d *desk.Desk) error {
	if err := im.notes.endedCustomers(endedTogether, func(some []store.CustomerID) error {
		return store.UpdateEach(ctx, d.Store, some, func(tx *store.Tx, id store.CustomerID) { endCustomer(tx, d, id) })
	}); err != nil || !im.notes.silences {
		return err
	}
	withdrawn, err := operator.WithdrawMessages(ctx, d, im.notes.isSilent)
	im.summary.end(messagesWithdrawn, withdrawn)
	return err
}

// endedTogether is how many customers are taken out of the notes at once.
const endedTogether = 1000

func endCustomer(tx *store.Tx, d *desk.Desk, id store.CustomerID) {
	if c, known := tx.Customer(id); known && c.IsInFeed() {
		before := c
		c.Ended = tx.Now
		tx.PutCustomer(c)
		operator.RecordStatus(tx, d, before, c)
	}
}
