package store

import (
	"iter"
	"time"
)

// ActivationNumber lets one person do one thing once: activate an account, or
// add a product to the one that they have (A1–A4). It is kept for ever, so that
// a used one stays useless.
type ActivationNumber struct {
	Number      string        `cbor:"1,keyasint"` // 12 digits
	Customer    CustomerID    `cbor:"2,keyasint"`
	Application ApplicationID `cbor:"3,keyasint"`
	Issued      time.Time     `cbor:"4,keyasint"`
	Expires     time.Time     `cbor:"5,keyasint"`
	Used        time.Time     `cbor:"6,keyasint,omitzero"`
	Revoked     time.Time     `cbor:"7,keyasint,omitzero"`
}

// NumberState is what can be done with an activation number.
type NumberState string

const (
	NumberIssued  NumberState = "issued"
	NumberUsed    NumberState = "used"
	NumberExpired NumberState = "expired"
	NumberRevoked NumberState = "revoked"
)

// NumberStates lists them.
var NumberStates = []NumberState{NumberIssued, NumberUsed, NumberExpired, NumberRevoked}

// State computes the state at an instant. A number that was used stays used.
func (n *ActivationNumber) State(at time.Time) NumberState {
	switch {
	case !n.Used.IsZero():
		return NumberUsed
	case !n.Revoked.IsZero():
		return NumberRevoked
	case !at.Before(n.Expires):
		return NumberExpired
	}
	return NumberIssued
}

func (tx *Tx) numberKey(number string) string { return tx.keys.blind(numbers, number) }

// Number finds an activation number, in whatever state it is.
func (tx *Tx) Number(number string) (ActivationNumber, bool) {
	return get[ActivationNumber](tx, tx.numberKey(number))
}

// PutNumber keeps n.
func (tx *Tx) PutNumber(n ActivationNumber) { put(tx, tx.numberKey(n.Number), n) }

// Issue keeps a new activation number and revokes the earlier one of the same
// person and application, if that was still good for something (A2).
func (tx *Tx) Issue(n ActivationNumber) {
	a, found := tx.Application(n.Application)
	if !found {
		return
	}
	if earlier, found := tx.Number(a.Latest[n.Customer]); found && earlier.Used.IsZero() && earlier.Revoked.IsZero() {
		earlier.Revoked = tx.Now
		tx.PutNumber(earlier)
	}
	if a.Latest == nil {
		a.Latest = map[CustomerID]string{}
	}
	a.Latest[n.Customer] = n.Number
	tx.PutApplication(a)
	tx.PutNumber(n)
}

// Numbers yields every activation number, in no order that means anything.
func (tx *Tx) Numbers() iter.Seq[ActivationNumber] { return scan[ActivationNumber](tx, numbers) }
