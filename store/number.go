package store

import (
	"encoding/hex"
	"fmt"
	"iter"
	"time"

	"loket/store/sealedkv"
)

// ActivationNumber lets one person do one thing once: activate an account, or
// add a product to the one that they have (A1–A4). A used one is useless for as
// long as it is kept, and after that nobody knows it: see DeleteNumber.
type ActivationNumber struct {
	Number      string        `cbor:"-"`          // 12 digits, where they are known: they are never stored
	ID          NumberID      `cbor:"8,keyasint"` // what the digits come to
	Tail        string        `cbor:"9,keyasint"` // the last four of them, for people to tell numbers apart
	Customer    CustomerID    `cbor:"2,keyasint"`
	Application ApplicationID `cbor:"3,keyasint"`
	Issued      time.Time     `cbor:"4,keyasint"`
	Expires     time.Time     `cbor:"5,keyasint"`
	Used        time.Time     `cbor:"6,keyasint,omitzero"`
	Revoked     time.Time     `cbor:"7,keyasint,omitzero"`
	Arrives     time.Time     `cbor:"10,keyasint,omitzero"` // the day by which its owner should have it; zero if the bank's feed does not tell
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

// Within is n as it is to be read. One that the desk issues later than now was issued by
// a clock that was ahead and has been put right: it lasts as long from now.
func (n ActivationNumber) Within(now time.Time) ActivationNumber {
	if ahead := n.Issued.Sub(now); ahead > clocksAgree && !n.Arrives.IsZero() {
		n.Issued, n.Expires, n.Arrives = now, n.Expires.Add(-ahead), n.Arrives.Add(-ahead)
	}
	return n
}

// NumberID is what digits come to.
func (tx *Tx) NumberID(digits string) NumberID { return NumberID(tx.Digest(NumberTable, digits)) }

// NumberKey returns where an activation number stands.
func NumberKey(id NumberID) string {
	name, err := hex.DecodeString(string(id))
	if err != nil {
		panic(fmt.Sprintf("activation number named %q", id)) // by nobody but NumberID
	}
	return NumberTable + "/" + string(name)
}

// Number finds an activation number by its digits, in whatever state it is.
func (tx *Tx) Number(digits string) (n ActivationNumber, found bool) {
	if n, found = tx.NumberByID(tx.NumberID(digits)); found {
		n.Number = digits
	}
	return n, found
}

// NumberByID finds one whose digits nobody knows here.
func (tx *Tx) NumberByID(id NumberID) (n ActivationNumber, found bool) {
	if id == "" {
		return n, false
	}
	n, found = sealedkv.Get[ActivationNumber](tx.sealed, NumberKey(id))
	return n.Within(tx.Now), found
}

// tailLength is how many digits of a number are kept.
const tailLength = 4

// PutNumber keeps n, by its digits where they are known.
func (tx *Tx) PutNumber(n ActivationNumber) {
	if n.Number != "" {
		n.ID, n.Tail = tx.NumberID(n.Number), n.Number[max(len(n.Number)-tailLength, 0):]
	}
	n.Number = ""
	sealedkv.Put(tx.sealed, NumberKey(n.ID), n)
}

// Issue keeps a new activation number and revokes the earlier one of the same
// person and application, if that was still good for something (A2).
func (tx *Tx) Issue(n ActivationNumber) {
	a, found := tx.Application(n.Application)
	if !found {
		return
	}
	if earlier, found := tx.NumberByID(a.Latest[n.Customer]); found && earlier.Used.IsZero() && earlier.Revoked.IsZero() {
		earlier.Revoked = tx.Now
		tx.PutNumber(earlier)
	}
	if a.Latest == nil {
		a.Latest = map[CustomerID]NumberID{}
	}
	a.Latest[n.Customer] = tx.NumberID(n.Number)
	tx.PutApplication(a)
	tx.PutNumber(n)
}

// DeleteNumber takes away an activation number, which nobody knows then. Its
// application still tells that there was one, and of one that the bank's feed brought
// that it was used or revoked: so the same feed does not bring it again. Whoever deletes
// any other sees to it that it has expired.
func (tx *Tx) DeleteNumber(id NumberID) {
	n, found := tx.NumberByID(id)
	if !found {
		return
	}
	tx.sealed.Delete(NumberKey(id))
	a, found := tx.Application(n.Application)
	latest, spent := a.Latest[n.Customer] == id, n.Arrives.IsZero() && (!n.Used.IsZero() || !n.Revoked.IsZero())
	if latest {
		a.Latest[n.Customer] = ""
	}
	if spent {
		a.Spent = append(a.Spent, id)
	}
	if found && (latest || spent) {
		tx.PutApplication(a)
	}
}

// Numbers yields every activation number, without its digits and in no order that
// means anything.
func (tx *Tx) Numbers() iter.Seq[ActivationNumber] {
	return func(yield func(ActivationNumber) bool) {
		for n := range sealedkv.Scan[ActivationNumber](tx.sealed, NumberTable) {
			if !yield(n.Within(tx.Now)) {
				return
			}
		}
	}
}
