package store

import (
	"iter"
	"slices"
	"time"

	"loket/store/sealedkv"
)

// Application is a request for a product by one or more persons. Each of them gets an
// activation number of their own (A1).
type Application struct {
	ID              ApplicationID           `cbor:"1,keyasint"`
	Product         ProductID               `cbor:"2,keyasint"`
	Applicants      []CustomerID            `cbor:"3,keyasint"`
	Submitted       string                  `cbor:"4,keyasint"`            // ISO 8601
	LatestNumbers   map[CustomerID]NumberID `cbor:"5,keyasint,omitempty"`  // the newest activation number of each applicant; "" once the number was deleted
	Origin          uint64                  `cbor:"6,keyasint,omitempty"`  // fingerprint of the line that it was imported from
	LineHash        uint64                  `cbor:"30,keyasint,omitempty"` // of the line that it was imported from, XOR Origin: see Prefetcher
	PreviousNumbers map[CustomerID]NumberID `cbor:"7,keyasint,omitempty"`  // the number before the newest of each applicant, while it is stored
	SpentNumbers    []NumberID              `cbor:"8,keyasint,omitempty"`  // activation numbers that were used or revoked, and are deleted
	Ended           time.Time               `cbor:"9,keyasint,omitzero"`   // when it was withdrawn
}

// ApplicationKey returns the key of an application.
func (tx *Tx) ApplicationKey(id ApplicationID) string {
	return tx.lookupKey(ApplicationTable, string(id))
}

// Application returns an application.
func (tx *Tx) Application(id ApplicationID) (Application, bool) {
	return sealedkv.Get[Application](tx.sealed, tx.ApplicationKey(id))
}

// PutApplication stores a.
func (tx *Tx) PutApplication(a Application) { sealedkv.Put(tx.sealed, tx.ApplicationKey(a.ID), a) }

// Applications yields every application, in no particular order.
func (tx *Tx) Applications() iter.Seq[Application] {
	return sealedkv.Scan[Application](tx.sealed, ApplicationTable)
}

// WithdrawApplicant removes an applicant from an application. Without applicants the
// application is deleted.
func (tx *Tx) WithdrawApplicant(id ApplicationID, applicant CustomerID) {
	a, found := tx.Application(id)
	if !found {
		return
	}
	a.Applicants = slices.DeleteFunc(a.Applicants, func(c CustomerID) bool { return c == applicant })
	delete(a.LatestNumbers, applicant)
	delete(a.PreviousNumbers, applicant)
	if len(a.Applicants) == 0 {
		tx.sealed.Delete(tx.ApplicationKey(id))
		return
	}
	tx.PutApplication(a)
}
