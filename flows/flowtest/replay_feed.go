package flowtest

import "loket/store"

// customer returns what is known of whoever is logged in.
func (r *replay) customer() (c store.Customer) {
	r.desk.View(r.t, func(tx *store.Tx) { c, _ = tx.Customer(r.stand.visit.Customer()) })
	return c
}

// checkFeed holds that the next import leaves what a customer just changed (R23).
func (r *replay) checkFeed(before store.Customer) {
	after, imported := r.customer(), before
	if after.DeskChanges.Copy(&imported, after); after.ID == before.ID && imported.Fingerprint() != after.Fingerprint() {
		r.t.Errorf("%s: store.DeskChanges lacks a fact that the customer changes, so an import undoes it", r.stand.flow.Name)
	}
}
