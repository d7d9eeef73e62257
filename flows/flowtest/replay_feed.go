package flowtest

import (
	"strings"
	"time"

	"loket/store"
)

// changeBankStatus runs the line "bank ID STATUS", which changes the status of a customer or application.
func (r *scriptReplay) changeBankStatus(rest string) {
	id, status, _ := strings.Cut(rest, " ")
	if status == "withdrawn" {
		r.desk.Update(r.t, func(tx *store.Tx) {
			a, _ := tx.Application(store.ApplicationID(id))
			tx.EndApplication(a)
		})
		return
	}
	r.desk.Update(r.t, func(tx *store.Tx) { SetStatus(tx, store.CustomerID(id), status) })
}

// SetStatus makes a customer deceased, blocked, removed or active, as an import does.
func SetStatus(tx *store.Tx, id store.CustomerID, status string) {
	c, _ := tx.Customer(id)
	c.Status, c.Ended = "", time.Time{}
	switch status {
	case "active":
	case "removed":
		c.Ended = tx.Now
	default:
		c.Status = store.CustomerStatus(status)
	}
	tx.PutCustomer(c)
}

// loggedInCustomer returns the record of the logged-in customer, or the zero Customer if nobody is logged in.
func (r *scriptReplay) loggedInCustomer() (c store.Customer) {
	r.desk.View(r.t, func(tx *store.Tx) { c, _ = tx.Customer(r.current.visit.Customer()) })
	return c
}

// checkNextImport tests that the next import keeps the changes that the customer just made (R23).
func (r *scriptReplay) checkNextImport(before store.Customer) {
	after, imported := r.loggedInCustomer(), before
	store.CopySharedFacts(&imported, after)
	for _, fact := range store.SharedFacts {
		bankValue, _ := fact.LastBankValue(before)
		fact.ApplyBankValue(&imported, bankValue)
	}
	if after.ID == before.ID && imported.LineFingerprint() != after.LineFingerprint() {
		r.t.Errorf("%s: store.SharedFacts lacks a fact that the customer changes, or it is not noted, so an import undoes it", r.current.flow.Name)
	}
}
