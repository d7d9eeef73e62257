package transfer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
)

// notifyBatchSize is how many lines go into one transaction of importWithNotice: each writes
// the customer and where they are found, two messages, and an audit entry a fact.
const notifyBatchSize = 6

// importWithNotice takes in the lines that change what somebody with an account sees, each in
// one transaction with the messages and the audit entries that say so. So an
// interruption leaves no change untold, and what visitors changed meanwhile is
// looked at again.
func (im *importer) importWithNotice(ctx context.Context, d *desk.Desk) error {
	done := 0
	return im.notes.toldLines(notifyBatchSize, func(some []store.Customer) error {
		if err := d.Store.Update(ctx, func(tx *store.Tx) error {
			for _, line := range some {
				importAndNotify(tx, d, line)
			}
			return nil
		}); err != nil {
			return err
		}
		done += len(some)
		im.progress(PhaseNotifying, int64(done), int64(im.notes.told))
		return nil
	})
}

func importAndNotify(tx *store.Tx, d *desk.Desk, line store.Customer) {
	old, is := tx.Customer(line.ID)
	if !is {
		return // erased meanwhile
	}
	now, _ := mergeCustomer(old, line)
	tx.PutCustomer(now)
	_, has := tx.Account(line.ID)
	if facts := changedFacts(old, now); has && len(facts) > 0 {
		operator.NotifyOfImport(tx, d, old, now, facts)
	}
	operator.RecordStatus(tx, d, old, now)
}
