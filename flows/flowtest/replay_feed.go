package flowtest

import "loket/store"

// customer returns the record of the customer who is logged in, or the zero Customer.
func (r *replay) customer() (c store.Customer) {
	r.desk.View(r.t, func(tx *store.Tx) { c, _ = tx.Customer(r.stand.visit.Customer()) })
	return c
}

// checkFeed tests that the next import keeps what the customer just changed (R23).
func (r *replay) checkFeed(before store.Customer) {
	after, imported := r.customer(), before
	if after.DeskChanges.Copy(&imported, after); after.ID == before.ID && imported.Fingerprint() != after.Fingerprint() {
		r.t.Errorf("%s: store.DeskChanges lacks a fact that the customer changes, so an import undoes it", r.stand.flow.Name)
	}
}
