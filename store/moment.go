package store

import (
	"time"

	"loket/store/sealedkv"
)

// BelievedMomentRecord is the believed moment, a time that does not follow jumps of clocks. All processes with this store compare
// their clocks with it. A store without a BelievedMomentRecord has never been open at a desk.
type BelievedMomentRecord struct {
	Moment time.Time `cbor:"1,keyasint"`
	// ProvenFor is how long a desk has advanced the moment, up to the time that proves it right.
	ProvenFor time.Duration `cbor:"2,keyasint"`
	// ResetCount counts how often the moment was set back. A process that still advances an earlier moment stops.
	ResetCount int        `cbor:"3,keyasint"`
	Trial      ClockTrial `cbor:"4,keyasint,omitzero"` // Trial is the trial of a clock that disagrees with the moment.
}

// ClockTrial measures how long a clock that disagrees with the believed moment has run.
type ClockTrial struct {
	ClockTime time.Time     `cbor:"1,keyasint"` // ClockTime is the latest time of the clock.
	Elapsed   time.Duration `cbor:"2,keyasint"` // Elapsed is measured by the monotonic clock of the machine.
}

// BelievedMomentKey is the key of the BelievedMomentRecord. It sorts after the key of the seal: see backup.Copy.
const BelievedMomentKey = MetaTable + "/time"

// BelievedMoment returns the believed moment.
func (tx *Tx) BelievedMoment() (BelievedMomentRecord, bool) {
	return sealedkv.Get[BelievedMomentRecord](tx.sealed, BelievedMomentKey)
}

// PutBelievedMoment stores the believed moment.
func (tx *Tx) PutBelievedMoment(r BelievedMomentRecord) {
	sealedkv.Put(tx.sealed, BelievedMomentKey, r)
}
