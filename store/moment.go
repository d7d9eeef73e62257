package store

import (
	"time"

	"loket/store/sealedkv"
)

// MomentRecord is the latest moment that was believed, by which the clocks of those who
// open the store are judged. A store without one has not been open at a desk yet.
type MomentRecord struct {
	Moment time.Time     `cbor:"1,keyasint"`
	Shown  time.Duration `cbor:"2,keyasint"`          // for how long a desk has moved it on by now, or as long as it takes to show that it is right
	Reset  int           `cbor:"3,keyasint"`          // how often it was put back: who moves on an earlier one stops doing so
	Trial  Trial         `cbor:"4,keyasint,omitzero"` // of a clock that says something else
}

// Trial is how long a clock that is off the believed moment has run on.
type Trial struct {
	Says time.Time     `cbor:"1,keyasint"` // what it said last
	Ran  time.Duration `cbor:"2,keyasint"` // as its machine measured that
}

// MomentKey is in the table of what a store says about itself, after the seal: see
// backup.Copy.
const MomentKey = MetaTable + "/time"

// Moment finds what is believed.
func (tx *Tx) Moment() (MomentRecord, bool) {
	return sealedkv.Get[MomentRecord](tx.sealed, MomentKey)
}

// PutMoment keeps r.
func (tx *Tx) PutMoment(r MomentRecord) { sealedkv.Put(tx.sealed, MomentKey, r) }
