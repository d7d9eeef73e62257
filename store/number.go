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
	Arrives     time.Time     `cbor:"10,keyasint,omitzero"`  // the day by which its owner should have it; zero if the bank's feed does not tell
	Version     int           `cbor:"20,keyasint,omitempty"` // how often it was changed: PutNumber counts
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
// a clock that was ahead and has been put right: it lasts as long from now, and counts as
// arrived, so that another one can be asked for.
func (n ActivationNumber) Within(now time.Time) ActivationNumber {
	if ahead := n.Issued.Sub(now); ahead > clocksAgree && !n.Arrives.IsZero() {
		n.Issued, n.Expires, n.Arrives = now, n.Expires.Add(-ahead), now
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

// PutNumber keeps n, by its digits where they are known, and counts its version up.
func (tx *Tx) PutNumber(n ActivationNumber) {
	if n.Number != "" {
		n.ID, n.Tail = tx.NumberID(n.Number), n.Number[max(len(n.Number)-tailLength, 0):]
	}
	n.Number = ""
	old, was := tx.NumberByID(n.ID)
	n.Version = tx.nextVersion(NumberKey(n.ID), old.Version, was)
	sealedkv.Put(tx.sealed, NumberKey(n.ID), n)
}

// IssueNumber keeps an activation number that is not there yet. Of one person and
// application the two that were issued last are good, and an older one is revoked:
// so a letter that comes while a newer one is on its way does what it says (A2). Of
// two of the same instant the one that is kept later is newer. One that is older
// than one that was used is of no use to anybody.
func (tx *Tx) IssueNumber(n ActivationNumber) {
	a, found := tx.Application(n.Application)
	if !found {
		return
	}
	latest, _ := tx.NumberByID(a.Latest[n.Customer])
	before, _ := tx.NumberByID(a.Before[n.Customer])
	newer := func(than ActivationNumber) bool { // by a clock that was ahead, one can be from later than now
		return !earliest(than.Issued, tx.Now).After(n.Issued)
	}
	id := tx.NumberID(n.Number)
	switch {
	case latest.ID == "" || newer(latest):
		tx.end(before)
		a.keep(n.Customer, id, latest.ID)
	case before.ID == "" || newer(before):
		tx.end(before)
		a.keep(n.Customer, latest.ID, id)
		if !latest.Used.IsZero() {
			n.Revoked = tx.Now
		}
	default:
		n.Revoked = tx.Now
	}
	tx.PutNumber(n)
	tx.PutApplication(a)
}

// keep makes latest the newest number of a customer, and before the one before it.
func (a *Application) keep(of CustomerID, latest, before NumberID) {
	a.Latest, a.Before = with(a.Latest, of, latest), with(a.Before, of, before)
	if before == "" {
		delete(a.Before, of)
	}
}

func with(ids map[CustomerID]NumberID, of CustomerID, id NumberID) map[CustomerID]NumberID {
	if ids == nil {
		ids = map[CustomerID]NumberID{}
	}
	ids[of] = id
	return ids
}

// Revoke ends the numbers of one person and application that still can be used, or
// may be once the clock is put right, and returns those that were good until now.
func (tx *Tx) Revoke(a Application, of CustomerID) (good []ActivationNumber) {
	for _, id := range []NumberID{a.Latest[of], a.Before[of]} {
		n, found := tx.NumberByID(id)
		if found && n.State(tx.Now) == NumberIssued {
			good = append(good, n)
		}
		tx.end(n)
	}
	return good
}

// end revokes a number, unless it was used or revoked already.
func (tx *Tx) end(n ActivationNumber) {
	if n.ID != "" && n.Used.IsZero() && n.Revoked.IsZero() {
		n.Revoked = tx.Now
		tx.PutNumber(n)
	}
}

// Use uses up a number of an application, once and for all (A3), and ends the other
// one of the same person.
func (tx *Tx) Use(n ActivationNumber, a Application) {
	n.Used = tx.Now
	tx.PutNumber(n)
	tx.Revoke(a, n.Customer)
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
	tx.gone(NumberKey(id), n.Version)
	tx.sealed.Delete(NumberKey(id))
	a, found := tx.Application(n.Application)
	latest, before := a.Latest[n.Customer] == id, a.Before[n.Customer] == id
	spent := n.Arrives.IsZero() && (!n.Used.IsZero() || !n.Revoked.IsZero())
	if latest {
		a.Latest[n.Customer] = ""
	}
	if before {
		delete(a.Before, n.Customer)
	}
	if spent {
		a.Spent = append(a.Spent, id)
	}
	if !found || !latest && !before && !spent {
		return
	}
	tx.PutApplication(a)
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
