package transfer

import (
	"time"

	"loket/store"
	"loket/store/fingerprint"
)

// importCustomer stores the facts of a customer line, except those that the customer has changed at the desk (R23). A line is
// kept for importNotifiedLines if it changes facts that a customer with an account sees, or the customer's status.
func (im *importer) importCustomer(line store.Customer) lineEffect {
	if im.isErased(line.ID) {
		return im.leaveOutCustomer()
	}
	old, was := im.tx.Customer(line.ID)
	if old.Origin != line.Origin {
		im.warnUnprintable(line)
	}
	if !was {
		im.tx.AddCustomer(line)
		return effectAdded
	}
	if old.Origin == line.Origin && old.Ended.IsZero() && old.DeskChanges == (store.DeskChanges{}) && len(changedFacts(old, line)) == 0 {
		return effectUnchanged
	}
	now, kept := mergeCustomerLine(old, line)
	for _, f := range kept {
		im.summary.countKeptField(f.Name)
	}
	if now.Status != "" && old.Status != now.Status {
		im.summary.countEnded("customers "+string(now.Status), 1)
	}
	effect := changeEffect(old.LineFingerprint(), now.LineFingerprint())
	if !old.Ended.IsZero() {
		im.notes.noteRevival(im.line.Ref, revival{old.Ended, effect})
	}
	_, has := im.tx.Account(line.ID)
	if has && len(changedFacts(old, now)) > 0 || old.Status != now.Status || !old.Ended.IsZero() {
		im.tx.SealedTx().Fail(im.notes.keepLineForNotice(line))
		return effectChanged
	}
	if old.Origin != now.Origin || fingerprint.OfRecord(old.DeskChanges) != fingerprint.OfRecord(now.DeskChanges) {
		im.tx.PutCustomer(now)
	}
	return effect
}

// mergeCustomerLine returns the customer old with the facts of a line. It also returns the facts in which the customer's own value
// differs from the line and is kept.
func mergeCustomerLine(old, line store.Customer) (now store.Customer, kept []store.SharedFact) {
	bank := line // bank is the line without the changes that the customer made at another desk.
	for _, f := range store.SharedFacts {
		says, _ := f.LastBankValue(line)
		f.SetBankValue(&bank, says)
	}
	old.DeskChanges = findDeskChanges(old, bank)
	now = line
	now.Holdings, now.Blocked = old.Holdings, old.Blocked
	now.DeceasedSince, now.LastProductEnd = old.DeceasedSince, old.LastProductEnd
	store.CopySharedFacts(&now, old)
	for _, f := range store.SharedFacts {
		if says, known := f.LastBankValue(line); known && f.ApplyBankValue(&now, says) {
			kept = append(kept, f)
		}
	}
	if now.UnconfirmedSince = old.UnconfirmedSince; now.Email != old.Email {
		now.UnconfirmedSince = time.Time{} // The bank's own addresses count as confirmed.
	}
	return now, kept
}

// changedFacts returns the shared facts that differ between two versions of a customer.
func changedFacts(before, after store.Customer) (differ []store.SharedFact) {
	for _, f := range store.SharedFacts {
		if f.ValueForCustomer(before) != f.ValueForCustomer(after) {
			differ = append(differ, f)
		}
	}
	return differ
}
