package store

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"loket/store/keyring"
	"loket/store/kvdb"
)

// A Tx gets and puts records in one transaction. As with its engine's KV, the
// first failure sticks and comes out of View or Update, so accessors say only
// whether a record was found.
type Tx struct {
	Now time.Time // the same instant throughout, in UTC

	kv       kvdb.KV
	keys     *keyring.Keys
	gathered map[string]any    // in a Bulk, the records put so far; nil where one was deleted
	seen     map[string]string // in a BulkBeside, what stood under each key that it got or put
	posted   []Channel         // over which something is to be sent now
	recorded bool              // whether something was queued for the audit log
	err      error
}

// Records are CBOR maps with integer keys. Times are text: as numbers they would
// be floating ones, which come back a little earlier or later than they were put.
var (
	encoding = must(cbor.EncOptions{Time: cbor.TimeRFC3339Nano}.EncMode())
	decoding = must(cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF}.DecMode())
)

func must[T any](mode T, err error) T {
	if err != nil {
		panic(err)
	}
	return mode
}

func (tx *Tx) fail(err error) {
	if tx.err == nil {
		tx.err = err
	}
}

// get finds the record under key.
func get[T any](tx *Tx, key string) (record T, found bool) {
	if tx.err != nil {
		return record, false
	}
	if own, is := tx.gathered[key]; is {
		record, found = own.(T)
		return record, found
	}
	sealed, found := tx.kv.Get(key)
	tx.saw(key, sealed)
	if !found {
		return record, false
	}
	record, err := decode[T](tx.keys, key, sealed)
	if err != nil {
		tx.fail(err)
		return record, false
	}
	return record, true
}

func decode[T any](keys *keyring.Keys, key string, sealed []byte) (record T, err error) {
	value, err := keys.Open(key, sealed)
	if err != nil {
		return record, fmt.Errorf("unseal a record of %s: %w", table(key), err)
	}
	if err := decoding.Unmarshal(value, &record); err != nil {
		return record, fmt.Errorf("decode a record of %s: %T", table(key), err) // which may quote the record
	}
	return record, nil
}

// put keeps record under key.
func put[T any](tx *Tx, key string, record T) {
	if tx.err != nil {
		return
	}
	if tx.gathered != nil {
		tx.look(key)
		tx.gathered[key] = record
		return
	}
	sealed, err := encode(tx.keys, key, record)
	if err != nil {
		tx.fail(err)
		return
	}
	tx.kv.Put(key, sealed)
}

func encode(keys *keyring.Keys, key string, record any) (sealed []byte, err error) {
	value, err := encoding.Marshal(record)
	if err == nil {
		sealed, err = keys.Seal(key, value)
	}
	if err != nil {
		return nil, fmt.Errorf("seal a record of %s: %w", table(key), err)
	}
	return sealed, nil
}

// delete takes away the record under key, if there is one.
func (tx *Tx) delete(key string) {
	if tx.gathered != nil {
		tx.look(key)
		tx.gathered[key] = nil
		return
	}
	tx.kv.Delete(key)
}

// Fingerprint tells apart what two records hold. That of a record stays the
// same when fields are added to its type, as long as they are left empty.
func Fingerprint(record any) uint64 {
	value, err := encoding.Marshal(record)
	if err != nil {
		panic(fmt.Sprintf("fingerprint of a %T: %v", record, err)) // a type that no store could keep
	}
	sum := sha256.Sum256(value)
	return binary.BigEndian.Uint64(sum[:])
}

// scan yields every record of a table, in the order of its keys.
func scan[T any](tx *Tx, table string) iter.Seq[T] {
	return func(yield func(T) bool) {
		for key, sealed := range tx.kv.Scan(table + "/") {
			record, err := decode[T](tx.keys, key, sealed)
			if err != nil {
				tx.fail(err)
				return
			}
			if !yield(record) {
				return
			}
		}
	}
}

// Digest names a secret without telling it: who guesses at it needs the keys.
// What it is a secret of keeps those of two kinds apart.
func (tx *Tx) Digest(what, secret string) string {
	return hex.EncodeToString([]byte(strings.TrimPrefix(tx.keys.Blind(what, secret), what+"/")))
}

// inOrder is a new key of a table whose records are kept in order of time. Its
// random end keeps terminals that write in the same instant apart, without a
// counter that every transaction would have to write.
func (tx *Tx) inOrder(table string) string {
	return fmt.Sprintf("%s/%016x%s", table, tx.Now.UnixMicro(), rand.Text()[:10])
}
