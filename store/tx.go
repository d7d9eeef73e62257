package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"loket/store/sealedkv"
)

// A Tx gets and puts records in one transaction. As with its engine's KV, the
// first failure sticks and comes out of View or Update, so accessors say only
// whether a record was found.
type Tx struct {
	Now time.Time // the same instant throughout, in UTC

	sealed   *sealedkv.Tx
	posted   []Channel // over which something is to be sent now
	recorded bool      // whether something was queued for the audit log
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
	return hex.EncodeToString([]byte(strings.TrimPrefix(tx.sealed.Keys.Blind(what, secret), what+"/")))
}

// inOrder is a new key of a table whose records are kept in order of time. Its
// random end keeps terminals that write in the same instant apart, without a
// counter that every transaction would have to write.
func (tx *Tx) inOrder(table string) string {
	return fmt.Sprintf("%s/%016x%s", table, tx.Now.UnixMicro(), rand.Text()[:10])
}
