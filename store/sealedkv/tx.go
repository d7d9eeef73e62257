package sealedkv

import (
	"iter"

	"loket/store/keyring"
	"loket/store/kvdb"
)

// A Tx gets and puts records in one transaction. After its first failure it finds nothing.
type Tx struct {
	KV   kvdb.KV       // KV is the transaction below, whose values are sealed.
	Keys *keyring.Keys // Keys are the keys that seal the values.

	// Prefetched has sealed values that were already read, by key; nil for a key that does not exist.
	Prefetched map[string][]byte

	batch       *RecordBatch // batch collects the records that are put; if it is nil, they go to KV at once.
	touchedKeys *TouchedKeys // touchedKeys records the keys that the transaction uses. It is nil unless TrackTouchedKeys was called.
	err         error
}

// New makes a transaction on kv. If batch is not nil, the transaction adds its changes to batch and writes nothing to kv.
func New(kv kvdb.KV, keys *keyring.Keys, batch *RecordBatch) *Tx {
	return &Tx{KV: kv, Keys: keys, batch: batch}
}

// Fail makes the transaction fail with err, unless it has already failed.
func (tx *Tx) Fail(err error) {
	if tx.err == nil {
		tx.err = err
	}
}

// Err returns the first failure of the transaction, or nil.
func (tx *Tx) Err() error { return tx.err }

// Get returns the record under key.
func Get[T any](tx *Tx, key string) (record T, found bool) {
	if tx.err != nil {
		return record, false
	}
	if record, found, own := getFromBatch[T](tx, key); own {
		return record, found
	}
	tx.touchedKeys.noteRead(key)
	sealed, found := tx.getSealed(key)
	tx.batch.noteRevision(key, sealed)
	if !found {
		return record, false
	}
	record, err := Decode[T](tx.Keys, key, sealed)
	if err != nil {
		tx.Fail(err)
		return record, false
	}
	return record, true
}

// getSealed returns the value that the engine has under key.
func (tx *Tx) getSealed(key string) (sealed []byte, found bool) {
	if sealed, is := tx.Prefetched[key]; is {
		return sealed, sealed != nil
	}
	return tx.KV.Get(key)
}

// IsInBatch reports whether the batch of tx has a record, or a deletion, for key.
func (tx *Tx) IsInBatch(key string) bool {
	_, recent := tx.batch.recentPositions[key]
	if recent {
		return true
	}
	_, older := tx.batch.olderRecords.Get(key)
	return older
}

// Put stores record under key.
func Put[T any](tx *Tx, key string, record T) {
	if tx.err != nil {
		return
	}
	tx.touchedKeys.noteWritten(key)
	if tx.batch != nil {
		tx.putInBatch(key, record)
		return
	}
	sealed, err := Encode(tx.Keys, key, record)
	if err != nil {
		tx.Fail(err)
		return
	}
	tx.KV.Put(key, sealed)
}

// putInBatch adds a record to the batch of tx. A nil record is a deletion.
func (tx *Tx) putInBatch(key string, record any) {
	if err := tx.batch.putRecord(tx, key, record); err != nil {
		tx.Fail(err)
	}
}

// Delete deletes the record under key, if there is one.
func (tx *Tx) Delete(key string) {
	tx.touchedKeys.noteWritten(key)
	if tx.batch != nil {
		tx.putInBatch(key, nil)
		return
	}
	tx.KV.Delete(key)
}

// Scan yields every record of a table, in the order of keys.
func Scan[T any](tx *Tx, table string) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, record := range ScanAfter[T](tx, table, "") {
			if !yield(record) {
				return
			}
		}
	}
}

// ScanAfter yields the records of a table whose keys are greater than key, with their keys. If key is empty, it yields all
// records.
func ScanAfter[T any](tx *Tx, table, key string) iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for key, sealed := range tx.KV.ScanAfter(table+"/", key) {
			record, err := Decode[T](tx.Keys, key, sealed)
			if err != nil {
				tx.Fail(err)
				return
			}
			if !yield(key, record) {
				return
			}
		}
	}
}
