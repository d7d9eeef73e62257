package store

import (
	"time"

	"loket/store/sealedkv"
)

// Outage is a time in which nothing can leave over a channel.
type Outage struct {
	Since     time.Time `cbor:"1,keyasint"` // the first try that failed
	Last      time.Time `cbor:"2,keyasint"` // the last one
	LastError string    `cbor:"3,keyasint"` // as that of a message
}

func outageKey(channel Channel) string { return OutageTable + "/" + string(channel) }

// Outage finds the one that a channel is in.
func (tx *Tx) Outage(channel Channel) (Outage, bool) {
	return sealedkv.Get[Outage](tx.sealed, outageKey(channel))
}

// PutOutage keeps o.
func (tx *Tx) PutOutage(channel Channel, o Outage) { sealedkv.Put(tx.sealed, outageKey(channel), o) }

// EndOutage says that messages leave again.
func (tx *Tx) EndOutage(channel Channel) { tx.sealed.Delete(outageKey(channel)) }
