package store

import (
	"iter"
	"time"
)

// AuditEntry says what came of one step of one visit. It names nobody but by
// customer number, and holds nothing that was typed.
type AuditEntry struct {
	At       time.Time  `cbor:"1,keyasint"`
	Terminal string     `cbor:"2,keyasint"`
	Visit    string     `cbor:"3,keyasint"`
	Flow     string     `cbor:"4,keyasint"`
	Step     string     `cbor:"5,keyasint"`
	Outcome  string     `cbor:"6,keyasint"`
	Customer CustomerID `cbor:"7,keyasint,omitempty"` // whom it was about, where that is known
}

// Record adds e to the audit log, at the instant of the transaction, and to the
// activity of the customer whom it is about. One about nobody known goes to the
// activity of its visit, which nobody looks at: so it takes as much writing (X2).
func (tx *Tx) Record(e AuditEntry) {
	e.At = tx.Now
	put(tx, tx.inOrder(auditEntries), e)
	whose := tx.keys.blind(activity, string(e.Customer))
	if e.Customer == "" {
		whose = tx.keys.blind(activity, "visit", e.Visit)
	}
	put(tx, tx.inOrder(whose), e)
}

// Activity yields the entries about one customer, oldest first.
func (tx *Tx) Activity(id CustomerID) iter.Seq[AuditEntry] {
	return scan[AuditEntry](tx, tx.keys.blind(activity, string(id)))
}

// AuditEntries yields the audit log, oldest first.
func (tx *Tx) AuditEntries() iter.Seq[AuditEntry] { return scan[AuditEntry](tx, auditEntries) }
