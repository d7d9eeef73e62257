package store

import (
	"time"

	"loket/store/sealedkv"
)

// MomentRecord is the believed moment, by which the clocks of all processes with this
// store are judged. A store without it has never been open at a desk.
type MomentRecord struct {
	Moment     time.Time     `cbor:"1,keyasint"`
	ProvenFor  time.Duration `cbor:"2,keyasint"`          // how long a desk has advanced the moment, up to the time that proves it right
	ResetCount int           `cbor:"3,keyasint"`          // how often the moment was set back: a process that advances an earlier one stops
	Trial      ClockTrial    `cbor:"4,keyasint,omitzero"` // of a clock that says something else
}

// ClockTrial is how long a clock that disagrees with the believed moment has run.
type ClockTrial struct {
	ClockTime time.Time     `cbor:"1,keyasint"` // the last time of the clock
	Elapsed   time.Duration `cbor:"2,keyasint"` // measured by the monotonic clock of its machine
}

// MomentKey is in the table of a store's own records, after the seal: see backup.Copy.
const MomentKey = MetaTable + "/time"

// Moment returns the believed moment.
func (tx *Tx) Moment() (MomentRecord, bool) {
	return sealedkv.Get[MomentRecord](tx.sealed, MomentKey)
}

// PutMoment stores r.
func (tx *Tx) PutMoment(r MomentRecord) { sealedkv.Put(tx.sealed, MomentKey, r) }
