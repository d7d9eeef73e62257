package store

import (
	"iter"
	"slices"
	"time"

	"loket/store/sealedkv"
)

// Application is a request for a product by one or more people. Each applicant gets their own activation number (A1).
type Application struct {
	ID         ApplicationID `cbor:"1,keyasint"`
	Product    ProductID     `cbor:"2,keyasint"`
	Applicants []CustomerID  `cbor:"3,keyasint"`
	Submitted  string        `cbor:"4,keyasint"` // Submitted is an ISO 8601 date.
	// LatestNumbers has the newest activation number of each applicant; "" after the number was deleted.
	LatestNumbers map[CustomerID]NumberID `cbor:"5,keyasint,omitempty"`
	Origin        uint64                  `cbor:"6,keyasint,omitempty"` // Origin is the fingerprint of the imported line.
	// LineHash is the hash of the text of the imported line, XOR Origin: see Prefetcher.
	LineHash uint64 `cbor:"30,keyasint,omitempty"`
	// PreviousNumbers has the activation number before the newest one of each applicant, while it is stored.
	PreviousNumbers map[CustomerID]NumberID `cbor:"7,keyasint,omitempty"`
	// SpentNumbers are the used or revoked activation numbers that have been deleted.
	SpentNumbers []NumberID `cbor:"8,keyasint,omitempty"`
	Ended        time.Time  `cbor:"9,keyasint,omitzero"` // Ended is when the application was withdrawn.
}

// ApplicationKey returns the key in the database of an application.
func (tx *Tx) ApplicationKey(id ApplicationID) string {
	return tx.lookupKey(ApplicationTable, string(id))
}

// Application returns the application with an ID, and whether it exists.
func (tx *Tx) Application(id ApplicationID) (Application, bool) {
	return sealedkv.Get[Application](tx.sealed, tx.ApplicationKey(id))
}

// PutApplication stores a.
func (tx *Tx) PutApplication(a Application) { sealedkv.Put(tx.sealed, tx.ApplicationKey(a.ID), a) }

// Applications yields every application, in no particular order.
func (tx *Tx) Applications() iter.Seq[Application] {
	return sealedkv.Scan[Application](tx.sealed, ApplicationTable)
}

// DeleteApplication deletes an application. The caller makes sure that it has no activation numbers.
func (tx *Tx) DeleteApplication(id ApplicationID) { tx.sealed.Delete(tx.ApplicationKey(id)) }

// WithdrawApplicant removes an applicant from an application. If no applicants are left, it deletes the application.
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
