package sealedkv

import (
	"iter"

	"loket/store/keyring"
	"loket/store/kvdb"
)

// A Tx gets and puts records in one transaction. The first failure is kept: every later
// call finds nothing.
type Tx struct {
	KV   kvdb.KV       // the transaction below, with sealed values
	Keys *keyring.Keys // the keys that seal values

	Prefetched map[string][]byte // what was read already, sealed; nil where there is nothing

	batch   *Batch       // nil if what is put goes to KV at once
	touched *TouchedKeys // nil if nobody watches
	err     error
}

// New makes a transaction on kv. If batch is not nil, it collects what is put, and
// nothing is written.
func New(kv kvdb.KV, keys *keyring.Keys, batch *Batch) *Tx {
	return &Tx{KV: kv, Keys: keys, batch: batch}
}

// Fail fails the transaction, unless it has failed before.
func (tx *Tx) Fail(err error) {
	if tx.err == nil {
		tx.err = err
	}
}

// Err returns the first failure.
func (tx *Tx) Err() error { return tx.err }

// Get returns the record under key.
func Get[T any](tx *Tx, key string) (record T, found bool) {
	if tx.err != nil {
		return record, false
	}
	if record, found, own := getOwn[T](tx, key); own {
		return record, found
	}
	tx.touched.noteRead(key)
	sealed, found := tx.stored(key)
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

// stored finds what stands under key in the engine.
func (tx *Tx) stored(key string) (sealed []byte, found bool) {
	if sealed, is := tx.Prefetched[key]; is {
		return sealed, sealed != nil
	}
	return tx.KV.Get(key)
}

// IsGathered reports whether the batch of tx has something about a key.
func (tx *Tx) IsGathered(key string) bool {
	_, recent := tx.batch.recent[key]
	if recent {
		return true
	}
	_, older := tx.batch.older.Get(key)
	return older
}

// Put keeps record under key.
func Put[T any](tx *Tx, key string, record T) {
	if tx.err != nil {
		return
	}
	tx.touched.noteWritten(key)
	if tx.batch != nil {
		tx.gather(key, record)
		return
	}
	sealed, err := Encode(tx.Keys, key, record)
	if err != nil {
		tx.Fail(err)
		return
	}
	tx.KV.Put(key, sealed)
}

// gather has the batch keep a record, nil if it is deleted.
func (tx *Tx) gather(key string, record any) {
	if err := tx.batch.putRecord(tx, key, record); err != nil {
		tx.Fail(err)
	}
}

// Delete takes away the record under key, if there is one.
func (tx *Tx) Delete(key string) {
	tx.touched.noteWritten(key)
	if tx.batch != nil {
		tx.gather(key, nil)
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

// ScanAfter yields the records of a table after a key, with their keys; after "" it
// yields all.
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
