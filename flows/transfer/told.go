package transfer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/store/fingerprint"
)

// notifyBatchSize is the number of lines in one transaction of importNotifiedLines. Each line writes the customer, five index
// entries, two messages, and an audit entry for each changed fact.
const notifyBatchSize = 5

// importNotifiedLines imports the lines that change facts which customers with an account see. Each line is stored in one
// transaction with its messages and audit entries, so that no customer misses the notice of a change if the import is
// interrupted. Changes that visitors have made since the line was judged are taken into account.
func (im *importer) importNotifiedLines(ctx context.Context, d *desk.Desk) error {
	done := 0
	return im.notes.forNoticeLines(notifyBatchSize, func(some []store.Customer) error {
		if err := d.Store.Update(ctx, func(tx *store.Tx) error {
			for _, line := range some {
				importAndNotify(tx, d, line, im.notes.endedNote(line.ID) == noteStaysEnded)
			}
			return nil
		}); err != nil {
			return err
		}
		done += len(some)
		im.reportProgress(PhaseNotifying, int64(done), int64(im.notes.told))
		return nil
	})
}

// importAndNotify imports a line. If staysEnded is true, a later line of the file removes the customer, who had ended before.
func importAndNotify(tx *store.Tx, d *desk.Desk, line store.Customer, staysEnded bool) {
	old, is := tx.Customer(line.ID)
	if !is {
		return // The customer was erased in the meantime.
	}
	now, _ := mergeCustomerLine(old, line)
	if staysEnded {
		now.Ended = old.Ended
	}
	if fingerprint.OfRecord(now) != fingerprint.OfRecord(old) {
		tx.PutCustomer(now)
	}
	_, has := tx.Account(line.ID)
	if facts := changedFacts(old, now); has && len(facts) > 0 {
		operator.NotifyOfImport(tx, d, old, now, facts)
	}
	operator.RecordStatus(tx, d, old, now)
}
