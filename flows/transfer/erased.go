package transfer

import (
	"context"
	"slices"

	"loket/flows/desk"
	"loket/flows/transfer/lines"
	"loket/store"
)

// A customer whom the desk erased stays erased while the files of the bank go on listing them: see store.ErasureMark. Their lines are
// left out with a warning, and so are their products, applications, accounts and numbers. Once the bank lets go of them, by a line
// that removes them or a full file without them, a later line is about a new customer.

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

// mayHaveErased reports whether there may be customers whose lines are left out. While lines are imported beside visitors, an operator
// may erase a customer at any time.
func (im *importer) mayHaveErased() bool { return im.hasErased || im.notes.judged }

// isErased reports whether the lines of a customer are left out.
func (im *importer) isErased(id store.CustomerID) bool {
	_, known := im.tx.Customer(id)
	return !known && im.tx.IsErased(id)
}

// leaveOutErased returns the facts of a line without customers who were erased. It returns nil if the line is left out.
func (im *importer) leaveOutErased(facts any) any {
	if !im.mayHaveErased() {
		return facts
	}
	switch f := facts.(type) {
	case store.Customer:
		if im.isErased(f.ID) {
			im.addWarning("id", "the customer was erased here, and is left out while the file has them")
			im.summary.countEnded(keyErasedLeftOut, 1)
			return nil
		}
	case store.Account:
		if im.isErased(f.Customer) {
			return nil
		}
	case store.ActivationNumber:
		_, known := im.tx.Application(f.Application)
		if im.isErased(f.Customer) || !known && im.notes.isLeftOut(lines.RecordRef{Type: lines.ApplicationType, ID: string(f.Application)}) {
			return nil
		}
	case store.Product:
		listed := len(f.Holders) // A closed product may have no holders.
		if f.Holders = slices.DeleteFunc(slices.Clone(f.Holders), im.isErased); listed > 0 && len(f.Holders) == 0 {
			return nil
		}
		return f
	case lines.OpenedApplication:
		_, known := im.tx.ProductRecord(f.Product)
		f.Applicants = slices.DeleteFunc(slices.Clone(f.Applicants), im.isErased)
		if len(f.Applicants) == 0 || !known && im.notes.isLeftOut(lines.RecordRef{Type: lines.ProductType, ID: string(f.Product)}) {
			return nil
		}
		return f
	}
	return facts
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
