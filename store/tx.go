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

// A Tx gets and puts records in one transaction. As with its engine's KV, the
// first failure sticks and comes out of View or Update, so accessors say only
// whether a record was found.
type Tx struct {
	Now time.Time // the same instant throughout, in UTC

	sealed  *sealedkv.Tx
	touched *sealedkv.Touched // nil if nothing is to be evened out
	posted  []Channel         // over which something is to be sent now
	audited bool              // whether something was queued for the audit log

	ahead   *Ahead            // nil if nothing was read ahead
	bulk    bool              // an import, of any size
	changes map[string]Change // by key
	last    struct {          // that was queued
		key   string
		entry AuditEntry
	}
}

// Fingerprint tells apart what two records hold. That of a record stays the
// same when fields are added to its type, as long as they are left empty.
func Fingerprint(record any) uint64 {
	value, err := sealedkv.Marshal(record)
	if err != nil {
		panic(fmt.Sprintf("fingerprint of a %T: %v", record, err)) // a type that no store could keep
	}
	sum := sha256.Sum256(value)
	return binary.BigEndian.Uint64(sum[:])
}

// Digest names a secret without telling it: who guesses at it needs the keys.
// What it is a secret of keeps those of two kinds apart.
func (tx *Tx) Digest(what, secret string) string {
	return hex.EncodeToString([]byte(strings.TrimPrefix(tx.lookupKey(what, secret), what+"/")))
}

// newOrderedKey returns a new key of a table whose records are kept in order of time. Its
// random end keeps terminals that write in the same instant apart, without a
// counter that every transaction would have to write.
func (tx *Tx) newOrderedKey(table string) string {
	return OrderedPrefix(table, tx.Now) + rand.Text()[:10]
}

// OrderedPrefix returns how the keys of an instant begin, in a table whose records are
// kept in order of time.
func OrderedPrefix(table string, at time.Time) string {
	return fmt.Sprintf("%s/%0*x", table, instantDigits, at.UnixMicro())
}

// instantDigits is how long an instant is in a key.
const instantDigits = 16

// Puts returns how often something was put in a Bulk so far, or deleted.
func (tx *Tx) Puts() int { return tx.sealed.Puts() }

// Sealed is the transaction below tx, for packages that go through records without
// knowing what they are about, or keep some of their own.
func (tx *Tx) Sealed() *sealedkv.Tx { return tx.sealed }

// WithKV is the transaction tx over another KV.
func (tx *Tx) WithKV(kv kvdb.KV) *Tx {
	return &Tx{Now: tx.Now, sealed: sealedkv.New(kv, tx.sealed.Keys, nil)}
}
