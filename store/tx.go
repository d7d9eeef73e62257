package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"loket/store/kvdb"
	"loket/store/sealedkv"
)

// A Tx gets and puts records in one transaction. As with the KV of an engine, the first
// failure is kept and returned by View or Update, so accessors return only whether a
// record was found.
type Tx struct {
	Now time.Time // the same instant throughout, in UTC

	sealed         *sealedkv.Tx
	touched        *sealedkv.TouchedKeys // nil unless PadKeyAccess is used
	postedChannels []Channel             // with a message to send now
	didQueueAudit  bool                  // an entry for the audit log was queued

	knownKeys  map[keyFacts]string // lookup keys that were computed before; may be nil
	bulk       bool                // an import, of any size
	changes    map[string]Change   // by key
	lastQueued struct {            // the last audit entry that was queued
		key   string
		entry AuditEntry
	}
}

// Fingerprint returns a hash of what a record holds. It stays the same when fields are
// added to the type, as long as they are empty.
func Fingerprint(record any) uint64 {
	value, err := sealedkv.Marshal(record)
	if err != nil {
		panic(fmt.Sprintf("fingerprint of a %T: %v", record, err)) // a type that cannot be stored
	}
	sum := sha256.Sum256(value)
	return binary.BigEndian.Uint64(sum[:])
}

// Digest returns a keyed hash of a secret: nobody can test a guess without the keys. what
// is the kind of the secret, so that equal secrets of two kinds differ.
func (tx *Tx) Digest(what, secret string) string {
	return hex.EncodeToString([]byte(strings.TrimPrefix(tx.lookupKey(what, secret), what+"/")))
}

// keyFacts are what a lookup key of a table is made of.
type keyFacts struct{ table, facts string }

func newKeyFacts(table string, all ...string) keyFacts {
	if len(all) == 1 {
		return keyFacts{table, all[0]}
	}
	return keyFacts{table, strings.Join(all, "\x00")}
}

// lookupKey returns the key of a table for facts.
func (tx *Tx) lookupKey(table string, all ...string) string {
	if tx.knownKeys != nil {
		if key, known := tx.knownKeys[newKeyFacts(table, all...)]; known {
			return key
		}
	}
	return tx.sealed.Keys.LookupKey(table, all...)
}

// newOrderedKey returns a new key for a table in order of time. Its random end separates
// terminals that write at the same time, without a counter that every transaction would
// have to write.
func (tx *Tx) newOrderedKey(table string) string {
	return OrderedPrefix(table, tx.Now) + rand.Text()[:10]
}

// OrderedPrefix returns the prefix of the keys of a time, in a table in order of time.
func OrderedPrefix(table string, at time.Time) string {
	return fmt.Sprintf("%s/%0*x", table, instantDigits, at.UnixMicro())
}

// instantDigits is the length of a time in a key.
const instantDigits = 16

// Puts returns how often something was put in a Bulk so far, or deleted.
func (tx *Tx) Puts() int { return tx.sealed.Puts() }

// SealedTx is the transaction below tx, for packages that go through records without
// knowing what they are about, or keep some of their own.
func (tx *Tx) SealedTx() *sealedkv.Tx { return tx.sealed }

// WithKV returns the transaction tx on another KV.
func (tx *Tx) WithKV(kv kvdb.KV) *Tx {
	return &Tx{Now: tx.Now, sealed: sealedkv.New(kv, tx.sealed.Keys, nil)}
}
