package transfer

import (
	"context"
	"encoding/json"
	"slices"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/flows/transfer/lines"
	"loket/store"
)

// endRemovedRecords ends the records that lines of the file remove, once all lines are judged. It skips a removal if a later line of
// the file describes the record again, so that importing the same file twice changes nothing. The parameter last is the number of the
// last line so far. Each record that ends counts as another line, and the result is the number of the last of these.
func (im *importer) endRemovedRecords(ctx context.Context, g *store.BulkGathering, last int) (int, error) {
	err := im.notes.forRemovals(endedBatchSize, func(some []notedRemoval) error {
		return g.View(ctx, func(tx *store.Tx) error {
			im.tx = tx
			for _, r := range some {
				described, _ := im.notes.findSeenRecord(r.RecordRef)
				removed, _ := im.notes.findSeenRecord(r.LineRef())
				if described.line > r.Line || removed.line > r.Line {
					continue
				}
				last++
				if im.endRecord(tx, r.Removal, last) == effectChanged {
					im.summary.Removed.Unchanged--
					im.summary.Removed.Changed++
				}
			}
			return nil
		})
	})
	return last, err
}

// endRecord ends a record, as if the file had another line at its end that says that the record is removed.
func (im *importer) endRecord(tx *store.Tx, r lines.Removal, number int) lineEffect {
	before := tx.BulkChangeCount()
	effect := im.removeRecord(r)
	if !im.spools || tx.BulkChangeCount() == before {
		return effect
	}
	text, err := json.Marshal(lines.NewRemovedLine(r))
	if err != nil {
		panic(err) // Strings can always be marshalled.
	}
	im.notes.spoolLine(lines.Line{Number: number, Text: text})
	return effect
}

// removeRecord ends a record that the bank no longer has. It ignores records that are unknown, and records that were created at the
// desk. Accounts and activation numbers belong to the desk, and are not removed.
func (im *importer) removeRecord(r lines.Removal) lineEffect {
	ended := ""
	switch r.Type {
	case lines.CustomerType:
		if !im.mayDescribe(r.RecordRef) {
			im.tx.ForgetErasure(store.CustomerID(r.ID))
		}
		if c, known := im.tx.Customer(store.CustomerID(r.ID)); known && (c.IsInBankFeed() || im.notes.isRevived(r.RecordRef)) {
			im.notes.noteEndedCustomer(c.ID)
			ended = keyCustomersRemoved
		}
	case lines.ProductType:
		ended = im.removeProduct(store.ProductID(r.ID), r.Holder)
	case lines.ApplicationType:
		if a, known := im.tx.Application(store.ApplicationID(r.ID)); known && a.IsInBankFeed() {
			im.tx.EndApplication(a)
			ended = keyApplicationsEnded
		}
	}
	if ended == "" || r.Holder == "" && im.keepEnded(r.RecordRef) {
		return effectUnchanged
	}
	im.summary.countEnded(ended, 1)
	return effectChanged
}

// keepEnded handles a record that had ended before this file, if one line of the file describes the record and a later line removes
// it. An export has such pairs of lines. The record then keeps the time at which it had ended. The line that describes it counts as
// unchanged, unless it changed other facts. keepEnded reports whether there is such a pair of lines.
func (im *importer) keepEnded(what lines.RecordRef) bool {
	before, is := im.notes.findRevival(what)
	if !is {
		return false
	}
	switch what.Type {
	case lines.CustomerType:
		im.notes.putEndedNote(store.CustomerID(what.ID), noteStaysEnded)
	case lines.ProductType:
		p, _ := im.tx.ProductRecord(store.ProductID(what.ID))
		p.Ended = before.ended
		im.tx.PutProduct(p)
	case lines.ApplicationType:
		a, _ := im.tx.Application(store.ApplicationID(what.ID))
		a.Ended = before.ended
		im.tx.PutApplication(a)
	}
	if before.effect == effectUnchanged {
		counts := im.summary.countForType(what.Type)
		counts.Changed--
		counts.Unchanged++
	}
	return true
}

// removeProduct ends a product, or takes it from one of its holders. It returns the text by which the summary counts this, or
// "" if nothing has ended.
func (im *importer) removeProduct(id store.ProductID, holder store.CustomerID) (ended string) {
	p, known := im.tx.ProductRecord(id)
	switch {
	case !known || !p.IsInBankFeed():
		return ""
	case holder == "":
		im.tx.EndProduct(p)
		return keyProductsRemoved
	case !slices.Contains(p.Holders, holder):
		return ""
	}
	im.tx.EndHolders(p, holder)
	return keyHoldersRemoved
}

// endNotedCustomers ends the customers whom the bank no longer has, each in one transaction with its audit entry. Then it withdraws
// waiting messages to customers with whom the desk no longer deals. If it is interrupted, the courier does not send such
// messages either.
func (im *importer) endNotedCustomers(ctx context.Context, d *desk.Desk) error {
	if err := im.notes.forEndedCustomers(endedBatchSize, func(some []store.CustomerID) error {
		return store.UpdateEach(ctx, d.Store, some, func(tx *store.Tx, id store.CustomerID) { endCustomer(tx, d, id) })
	}); err != nil || !im.notes.silences {
		return err
	}
	withdrawn, err := operator.WithdrawForbiddenMessages(ctx, d, im.notes.isCustomerDropped)
	im.summary.countEnded(keyMessagesWithdrawn, withdrawn)
	return err
}

// endedBatchSize is the number of ended customers that are read from the notes at once.
const endedBatchSize = 1000

func endCustomer(tx *store.Tx, d *desk.Desk, id store.CustomerID) {
	if c, known := tx.Customer(id); known && c.IsInBankFeed() {
		before := c
		c.Ended = tx.Now
		tx.PutCustomer(c)
		operator.RecordStatus(tx, d, before, c)
	}
}
