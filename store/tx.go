package store

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// A Tx gets and puts records in one transaction. It keeps the first error, which View or Update returns. So its methods only
// return whether a record was found.
type Tx struct {
	Now time.Time // Now is the time of the whole transaction, in UTC.

	sealed         *sealedkv.Tx
	touched        *sealedkv.TouchedKeys // touched is nil unless TrackTouchedKeys was called.
	postedChannels []Channel             // postedChannels are the channels with a message to send now.
	didQueueAudit  bool                  // didQueueAudit reports whether an audit entry was queued.

	knownKeys  map[keyFacts]string // knownKeys has lookup keys that were computed before; may be nil.
	bulk       bool                // bulk reports whether the transaction is a BulkUpdate, which has no size limit.
	changes    map[string]Change   // changes are the changes so far, by database key.
	lastQueued struct {            // lastQueued is the last audit entry that was queued.
		key   string
		entry AuditEntry
	}
}

// DigestSecret returns a keyed hash of a secret. Without the keys nobody can test a guess. The parameter what is the kind of secret,
// so that equal secrets of two kinds have different digests.
func (tx *Tx) DigestSecret(what, secret string) string {
	return hex.EncodeToString([]byte(strings.TrimPrefix(tx.lookupKey(what, secret), what+"/")))
}

// keyFacts are the values from which a lookup key of a table is computed.
type keyFacts struct{ table, facts string }

func newKeyFacts(table string, all ...string) keyFacts {
	if len(all) == 1 {
		return keyFacts{table, all[0]}
	}
	return keyFacts{table, strings.Join(all, "\x00")}
}

// lookupKey returns the key of a table that is computed from the given values.
func (tx *Tx) lookupKey(table string, all ...string) string {
	if tx.knownKeys != nil {
		if key, known := tx.knownKeys[newKeyFacts(table, all...)]; known {
			return key
		}
	}
	return tx.sealed.Keys.LookupKey(table, all...)
}

// newOrderedKey returns a new key for a table that is ordered by time. Its random end keeps the keys of two terminals
// different, without a counter that every transaction would have to update.
func (tx *Tx) newOrderedKey(table string) string {
	return OrderedPrefix(table, tx.Now) + rand.Text()[:10]
}

// OrderedPrefix returns the prefix of keys with a given time, for a table that is ordered by time.
func OrderedPrefix(table string, at time.Time) string {
	return fmt.Sprintf("%s/%0*x", table, instantDigits, at.UnixMicro())
}

// instantDigits is the number of hexadecimal digits of a time in a key.
const instantDigits = 16

// BulkChangeCount returns how often something was put in a BulkUpdate so far, or deleted.
func (tx *Tx) BulkChangeCount() int { return tx.sealed.BatchChangeCount() }

// SealedTx returns the transaction on sealed values that tx uses. It is for packages that process records without knowing
// their types, or that store other records.
func (tx *Tx) SealedTx() *sealedkv.Tx { return tx.sealed }

// WithKV returns a transaction like tx on another KV.
func (tx *Tx) WithKV(kv kvdb.KV) *Tx {
	return &Tx{Now: tx.Now, sealed: sealedkv.New(kv, tx.sealed.Keys, nil)}
}
