package store

import (
	"encoding/hex"
	"fmt"
	"iter"
	"time"

	"loket/store/sealedkv"
)

// ActivationNumber lets one person do one thing once: activate an account, or add a product to their account (A1–A4). A used
// number no longer works, and after it is deleted it is unknown: see DeleteNumber.
type ActivationNumber struct {
	Number      string        `cbor:"-"`          // Number is the 12 digits, if known. They are never stored.
	ID          NumberID      `cbor:"8,keyasint"` // ID is the digest of the digits.
	Tail        string        `cbor:"9,keyasint"` // Tail is the last four digits, by which people can tell numbers apart.
	Customer    CustomerID    `cbor:"2,keyasint"`
	Application ApplicationID `cbor:"3,keyasint"`
	Issued      time.Time     `cbor:"4,keyasint"`
	Expires     time.Time     `cbor:"5,keyasint"`
	Used        time.Time     `cbor:"6,keyasint,omitzero"`
	Revoked     time.Time     `cbor:"7,keyasint,omitzero"`
	// ArrivesBy is the day by which its owner should have the number; zero if the number was imported.
	ArrivesBy time.Time `cbor:"10,keyasint,omitzero"`
	Version   int       `cbor:"20,keyasint,omitempty"` // Version counts the changes of the number; PutNumber increments it.
}

// NumberState is the state of an activation number.
type NumberState string

const (
	NumberIssued  NumberState = "issued"
	NumberUsed    NumberState = "used"
	NumberExpired NumberState = "expired"
	NumberRevoked NumberState = "revoked"
)

// NumberStates lists all states.
var NumberStates = []NumberState{NumberIssued, NumberUsed, NumberExpired, NumberRevoked}

// NumberStateAt returns the state of the number at a time. A used number stays used.
func (n *ActivationNumber) NumberStateAt(at time.Time) NumberState {
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

// MaxClockSkew is how much the clocks of processes that have a store open may differ.
const MaxClockSkew = time.Minute

// WithBoundedTimes returns the number n with its times limited by now. If the desk issued n later than now, its clock was
// ahead and has been corrected. Then n is valid for its usual time from now, and counts as arrived, so that another number can
// be requested.
func (n ActivationNumber) WithBoundedTimes(now time.Time) ActivationNumber {
	if ahead := n.Issued.Sub(now); ahead > MaxClockSkew && !n.ArrivesBy.IsZero() {
		n.Issued, n.Expires, n.ArrivesBy = now, n.Expires.Add(-ahead), now
	}
	return n
}

// NumberID returns the digest of the digits of an activation number.
func (tx *Tx) NumberID(digits string) NumberID { return NumberID(tx.DigestSecret(NumberTable, digits)) }

// NumberKey returns the key in the database of an activation number.
func NumberKey(id NumberID) string {
	name, err := hex.DecodeString(string(id))
	if err != nil {
		panic(fmt.Sprintf("activation number named %q", id)) // Only NumberID makes IDs.
	}
	return NumberTable + "/" + string(name)
}

// Number returns an activation number by its digits, in any state.
func (tx *Tx) Number(digits string) (n ActivationNumber, found bool) {
	if n, found = tx.NumberByID(tx.NumberID(digits)); found {
		n.Number = digits
	}
	return n, found
}

// NumberByID returns an activation number without its digits.
func (tx *Tx) NumberByID(id NumberID) (n ActivationNumber, found bool) {
	if id == "" {
		return n, false
	}
	n, found = sealedkv.Get[ActivationNumber](tx.sealed, NumberKey(id))
	return n.WithBoundedTimes(tx.Now), found
}

// tailLength is the number of digits of an activation number that are stored.
const tailLength = 4

// PutNumber stores n, and increments its version. If the digits of n are known, it computes the ID from them.
func (tx *Tx) PutNumber(n ActivationNumber) {
	if n.Number != "" {
		n.ID, n.Tail = tx.NumberID(n.Number), n.Number[max(len(n.Number)-tailLength, 0):]
	}
	n.Number = ""
	old, was := tx.NumberByID(n.ID)
	n.Version = tx.nextVersion(NumberKey(n.ID), old.Version, was)
	sealedkv.Put(tx.sealed, NumberKey(n.ID), n)
}

// IssueNumber stores a new activation number. The last two numbers of a person for an application are valid, and older ones
// are revoked, so that a letter works even if a newer one is on its way (A2). Of two numbers issued at the same time, the one
// stored later counts as newer. A number older than a used one is revoked.
func (tx *Tx) IssueNumber(n ActivationNumber) {
	a, found := tx.Application(n.Application)
	if !found {
		return
	}
	latest, _ := tx.NumberByID(a.LatestNumbers[n.Customer])
	before, _ := tx.NumberByID(a.PreviousNumbers[n.Customer])
	newer := func(than ActivationNumber) bool { // A clock that was ahead may have issued a number later than now.
		return !earlierTime(than.Issued, tx.Now).After(n.Issued)
	}
	id := tx.NumberID(n.Number)
	switch {
	case latest.ID == "" || newer(latest):
		tx.revokeUsableNumber(before)
		a.setCustomerNumbers(n.Customer, id, latest.ID)
	case before.ID == "" || newer(before):
		tx.revokeUsableNumber(before)
		a.setCustomerNumbers(n.Customer, latest.ID, id)
		if !latest.Used.IsZero() {
			n.Revoked = tx.Now
		}
	default:
		n.Revoked = tx.Now
	}
	tx.PutNumber(n)
	tx.PutApplication(a)
}

// setCustomerNumbers sets the newest activation number of a customer and the number before it.
func (a *Application) setCustomerNumbers(of CustomerID, latest, before NumberID) {
	a.LatestNumbers, a.PreviousNumbers = setNumberID(a.LatestNumbers, of, latest), setNumberID(a.PreviousNumbers, of, before)
	if before == "" {
		delete(a.PreviousNumbers, of)
	}
}

func setNumberID(ids map[CustomerID]NumberID, of CustomerID, id NumberID) map[CustomerID]NumberID {
	if ids == nil {
		ids = map[CustomerID]NumberID{}
	}
	ids[of] = id
	return ids
}

// RevokeNumbers revokes the activation numbers of a person for an application that work, or may work after a correction of the
// clock. It returns the numbers that were valid until now.
func (tx *Tx) RevokeNumbers(a Application, of CustomerID) (good []ActivationNumber) {
	for _, id := range []NumberID{a.LatestNumbers[of], a.PreviousNumbers[of]} {
		n, found := tx.NumberByID(id)
		if found && n.NumberStateAt(tx.Now) == NumberIssued {
			good = append(good, n)
		}
		tx.revokeUsableNumber(n)
	}
	return good
}

// revokeUsableNumber revokes an activation number, unless it was used or revoked before.
func (tx *Tx) revokeUsableNumber(n ActivationNumber) {
	if n.ID != "" && n.Used.IsZero() && n.Revoked.IsZero() {
		n.Revoked = tx.Now
		tx.PutNumber(n)
	}
}

// UseNumber marks an activation number of an application as used, forever (A3), and revokes the other number of the same
// person.
func (tx *Tx) UseNumber(n ActivationNumber, a Application) {
	n.Used = tx.Now
	tx.PutNumber(n)
	tx.RevokeNumbers(a, n.Customer)
}

// DeleteNumber deletes an activation number. After that the number is unknown. Its application still records that it existed.
// For an imported number it also records that the number was used or revoked, so that the same import file does not add it
// again. The caller must make sure that any other number has expired.
func (tx *Tx) DeleteNumber(id NumberID) {
	n, found := tx.NumberByID(id)
	if !found {
		return
	}
	tx.noteDeleted(NumberKey(id), n.Version)
	tx.sealed.Delete(NumberKey(id))
	a, found := tx.Application(n.Application)
	latest, before := a.LatestNumbers[n.Customer] == id, a.PreviousNumbers[n.Customer] == id
	spent := n.ArrivesBy.IsZero() && (!n.Used.IsZero() || !n.Revoked.IsZero())
	if latest {
		a.LatestNumbers[n.Customer] = ""
	}
	if before {
		delete(a.PreviousNumbers, n.Customer)
	}
	if spent {
		a.SpentNumbers = append(a.SpentNumbers, id)
	}
	if !found || !latest && !before && !spent {
		return
	}
	tx.PutApplication(a)
}

// Numbers yields every activation number, without its digits and in no particular order.
func (tx *Tx) Numbers() iter.Seq[ActivationNumber] {
	return func(yield func(ActivationNumber) bool) {
		for n := range sealedkv.Scan[ActivationNumber](tx.sealed, NumberTable) {
			if !yield(n.WithBoundedTimes(tx.Now)) {
				return
			}
		}
	}
}
