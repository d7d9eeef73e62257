package store

import (
	"time"

	"loket/store/sealedkv"
)

// An ErasureMark says that a customer who came from a file of the bank was erased at the desk. It keeps the next file from bringing
// them back. Its key is a keyed hash of the customer's ID, and it has no fact about the customer.
type ErasureMark struct {
	At time.Time `cbor:"1,keyasint"`
}

// WithBoundedTime returns m with its time limited by now. A later time was stored by a clock that was ahead, and would keep files from
// letting the customer in again until then.
func (m ErasureMark) WithBoundedTime(now time.Time) ErasureMark {
	m.At = earlierTime(m.At, now)
	return m
}

// ErasedKey returns the key in the database of the mark that a customer was erased.
func (tx *Tx) ErasedKey(id CustomerID) string { return tx.lookupKey(ErasedTable, string(id)) }

// IsErased reports whether a customer has an ErasureMark.
func (tx *Tx) IsErased(id CustomerID) bool {
	_, is := sealedkv.Get[ErasureMark](tx.sealed, tx.ErasedKey(id))
	return is
}

// ForgetErasure deletes the mark that a customer was erased, if there is one.
func (tx *Tx) ForgetErasure(id CustomerID) {
	if tx.IsErased(id) {
		tx.sealed.Delete(tx.ErasedKey(id))
	}
}
