package overlay

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"sync"

	"loket/store/kvdb"
)

// StoredData is the stored data of an engine, as a transaction reads it. If a read fails, StoredData makes the transaction fail, and
// returns nothing.
type StoredData interface {
	// FindStored returns a copy of the stored value of key.
	FindStored(key string) (value []byte, found bool)

	// FindMany returns copies of the stored values of keys, with nil for a key that is not stored. Several goroutines may call
	// it at once if the transaction only reads.
	FindMany(keys []string) (values [][]byte)

	// StoredAfter yields copies of the stored entries under prefix whose keys are greater than the given key, in the order of
	// keys.
	StoredAfter(prefix, after string) iter.Seq[kvdb.Entry]
}

// A Transaction implements [kvdb.KV] on stored data, which it only reads, with its own writes on top. After its first failure
// it neither finds nor accepts anything.
type Transaction struct {
	Context    context.Context
	Stored     StoredData
	CheckWrite func(kvdb.Entry) error // CheckWrite returns an error for an entry that the engine cannot write.
	Writes     UncommittedWrites      // Writes is nil in a read-only transaction.

	mu  sync.Mutex // mu guards err.
	err error      // err is the first failure of the transaction, or nil.
}

// Run calls fn with t. It returns the first failure of t, if any, instead of the error of fn.
func (t *Transaction) Run(fn func(kvdb.KV) error) error {
	if t.IsOK() {
		t.Fail(fn(t))
	}
	return t.Err()
}

// Get implements [kvdb.KV].
func (t *Transaction) Get(key string) (value []byte, found bool) {
	if !t.IsOK() {
		return nil, false
	}
	if value, own := t.Writes[key]; own {
		return bytes.Clone(value), value != nil
	}
	return t.Stored.FindStored(key)
}

// GetMany implements [kvdb.KV].
func (t *Transaction) GetMany(keys []string) [][]byte {
	if !t.IsOK() {
		return make([][]byte, len(keys))
	}
	if len(t.Writes) == 0 {
		return t.Stored.FindMany(keys)
	}
	values := make([][]byte, len(keys))
	for i, key := range keys {
		values[i], _ = t.Get(key)
	}
	return values
}

// Scan implements [kvdb.KV].
func (t *Transaction) Scan(prefix string) iter.Seq2[string, []byte] { return t.ScanAfter(prefix, "") }

// ScanAfter implements [kvdb.KV].
func (t *Transaction) ScanAfter(prefix, after string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		own := t.Writes.WritesUnderPrefix(prefix, after) // WritesUnderPrefix makes a copy, so that the loop does not see its own writes.
		for e := range mergeWrites(t.Stored.StoredAfter(prefix, after), own) {
			if !t.IsOK() || !yield(e.Key, e.Value) {
				return
			}
		}
	}
}

// Put implements [kvdb.KV].
func (t *Transaction) Put(key string, value []byte) {
	t.putEntry(kvdb.Entry{Key: key, Value: append([]byte{}, value...)})
}

// Delete implements [kvdb.KV].
func (t *Transaction) Delete(key string) { t.putEntry(kvdb.Entry{Key: key, Value: nil}) }

func (t *Transaction) putEntry(w kvdb.Entry) {
	if !t.IsOK() {
		return
	}
	if t.Writes == nil {
		t.Fail(kvdb.ErrReadOnly)
		return
	}
	if err := t.CheckWrite(w); err != nil {
		t.Fail(err)
		return
	}
	t.Writes[w.Key] = w.Value
	t.CheckLimit("writes", len(t.Writes))
}

// CheckLimit makes the transaction fail if it uses more keys than allowed.
func (t *Transaction) CheckLimit(does string, keys int) {
	if keys > kvdb.MaxKeys {
		t.Fail(fmt.Errorf("%w: %s more than %d", kvdb.ErrTooLarge, does, kvdb.MaxKeys))
	}
}

// IsOK reports whether the transaction has not failed and its context is not done.
func (t *Transaction) IsOK() bool {
	t.Fail(t.Context.Err())
	return t.Err() == nil
}

// Fail makes the transaction fail with err. It does nothing if err is nil or the transaction has already failed.
func (t *Transaction) Fail(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.err = cmp.Or(t.err, err)
}

// Err returns the first failure of the transaction, or nil.
func (t *Transaction) Err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}
