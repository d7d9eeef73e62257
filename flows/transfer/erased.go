package transfer

import (
	"context"
	"slices"

	"loket/flows/desk"
	"loket/flows/transfer/lines"
	"loket/store"
)

// A customer whom the desk erased stays erased while the files of the bank go on listing them: see store.ErasureMark. Their lines are
// left out with a warning, and so are their products, applications, accounts and numbers. Once the bank lets go of them, by a file
// that removes them and does not describe them, or a full file without them, a later line is about a new customer.

// findErasures finds out whether there are customers whose lines are left out, so that an import without them need not look.
func (im *importer) findErasures(ctx context.Context, s *store.Store) error {
	im.beganAt = s.Now()
	return s.View(ctx, func(tx *store.Tx) error {
		im.hasErased = false
		for range store.ErasureMarks.RecordsAfter(tx, "") {
			im.hasErased = true
			break
		}
		return nil
	})
}

// noteListedErased notes that the file still lists a customer who was erased.
func (im *importer) noteListedErased(what lines.RecordRef) {
	if im.hasErased && what.Type == lines.CustomerType && what.ID != "" && im.tx.IsErased(store.CustomerID(what.ID)) {
		im.notes.putMark(listedErasedKey(im.tx.ErasedKey(store.CustomerID(what.ID))))
	}
}

func listedErasedKey(key string) string { return "erased/" + key }

// isErased reports whether the lines of a customer are left out. While lines are imported beside visitors, an operator may erase a
// customer at any time.
func (im *importer) isErased(id store.CustomerID) bool {
	if !im.hasErased && !im.notes.judged {
		return false
	}
	_, known := im.tx.Customer(id)
	return !known && im.tx.IsErased(id)
}

// leaveOutLine notes that the current line has no effect, because it is about customers who were erased.
func (im *importer) leaveOutLine() lineEffect {
	im.notes.noteLeftOut(im.line.Ref)
	return effectUnchanged
}

// leaveOutCustomer leaves out the current line, which describes a customer who was erased, and warns of it.
func (im *importer) leaveOutCustomer() lineEffect {
	im.addWarning("id", "the customer was erased here, and is left out while the file has them")
	im.summary.ErasedLeftOut++
	return im.leaveOutLine()
}

// removeErasedHolders removes erased customers from the holders of a product. It reports whether nobody is left of them, so that the
// line is left out.
func (im *importer) removeErasedHolders(p *store.Product) (isLeftOut bool) {
	if !slices.ContainsFunc(p.Holders, im.isErased) {
		return false
	}
	*p = p.WithoutHolders(im.isErased)
	return len(p.Holders) == 0
}

// removeErasedApplicants is like removeErasedHolders, for the applicants of an application.
func (im *importer) removeErasedApplicants(a *store.Application) (isLeftOut bool) {
	if !slices.ContainsFunc(a.Applicants, im.isErased) {
		return false
	}
	a.Applicants = slices.DeleteFunc(slices.Clone(a.Applicants), im.isErased)
	a.Origin = lines.ApplicationFingerprint(*a)
	return len(a.Applicants) == 0
}

// mayDescribe reports whether a line of the file describes a record, or may do so, because it has problems. A customer whom the file
// describes and then removes, as an export does with a customer who has ended, is still in the files of the bank.
func (im *importer) mayDescribe(what lines.RecordRef) bool {
	_, isDescribed := im.notes.findSeenRecord(what)
	return isDescribed || im.hasUnidentified || im.notes.isRecordRefused(what)
}

// forgetErasures forgets the erasure of customers whom a full file no longer has. Nothing is forgotten if a line with problems may be
// about them, nor what was erased during the import.
func (im *importer) forgetErasures(ctx context.Context, d *desk.Desk) error {
	if !im.Full || !im.hasErased || im.hasUnidentified {
		return nil
	}
	isOlder := func(_ *store.Tx, _ string, m store.ErasureMark) bool { return !m.At.After(im.beganAt) }
	_, err := store.ForEachMatch(ctx, d.Store, store.ErasureMarks, "", isOlder, func(some []store.KeyedRecord[store.ErasureMark]) error {
		some = slices.DeleteFunc(some, func(m store.KeyedRecord[store.ErasureMark]) bool { return im.notes.hasMark(listedErasedKey(m.Key)) })
		return store.UpdateEach(ctx, d.Store, some, func(tx *store.Tx, m store.KeyedRecord[store.ErasureMark]) {
			store.ErasureMarks.Delete(tx, m.Key)
		})
	})
	return err
}
