package store

import (
	"time"

	"loket/store/sealedkv"
)

// Outage is a period in which no message can be sent over a channel.
type Outage struct {
	Since     time.Time `cbor:"1,keyasint"` // Since is the time of the first attempt that failed.
	LastTried time.Time `cbor:"2,keyasint"` // LastTried is the time of the last attempt that failed.
	LastError string    `cbor:"3,keyasint"` // LastError is the error of the last attempt.
}

func outageKey(channel Channel) string { return OutageTable + "/" + string(channel) }

// Outage returns the current outage of a channel, if there is one.
func (tx *Tx) Outage(channel Channel) (Outage, bool) {
	return sealedkv.Get[Outage](tx.sealed, outageKey(channel))
}

// PutOutage stores the outage of a channel.
func (tx *Tx) PutOutage(channel Channel, o Outage) { sealedkv.Put(tx.sealed, outageKey(channel), o) }

// EndOutage records that messages can be sent over a channel again.
func (tx *Tx) EndOutage(channel Channel) { tx.sealed.Delete(outageKey(channel)) }
