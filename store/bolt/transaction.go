package bolt

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"strings"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
	"loket/store/overlay"
)

// transaction is the view that fn has of the database: a bbolt transaction, which it only
// reads, below its own writes.
type transaction struct {
	overlay.Transaction
	bolt  *bbolt.Tx
	reads map[keyRead]bool // the reads in bbolt; nil in a View
}

// A keyRead is a read of a key, or of the prefix of a Scan.
type keyRead struct {
	key  string
	scan bool
}

func newView(ctx context.Context, tx *bbolt.Tx) *transaction {
	t := &transaction{bolt: tx}
	t.Transaction = overlay.Transaction{Context: ctx, Stored: t, Check: checkEntry}
	return t
}

func newUpdate(ctx context.Context, tx *bbolt.Tx) *transaction {
	t := newView(ctx, tx)
	t.reads, t.Writes = map[keyRead]bool{}, overlay.Writes{}
	return t
}

// FindStored implements [overlay.Stored].
func (t *transaction) FindStored(key string) (value []byte, found bool) {
	bucket, name := t.bucket(key)
	if !t.countRead(keyRead{key: key}) || bucket == nil {
		return nil, false
	}
	t.recoverDamage(func() { value = bytes.Clone(bucket.Get(name)) })
	return value, value != nil
}

// StoredAfter implements [overlay.Stored].
func (t *transaction) StoredAfter(prefix, after string) iter.Seq[kvdb.Entry] {
	return func(yield func(kvdb.Entry) bool) {
		bucket, start := t.bucket(prefix)
		from := start
		if after >= prefix {
			if !strings.HasPrefix(after, prefix) {
				return // all of prefix comes before it
			}
			from = append([]byte(after[len(prefix)-len(start):]), 0) // the smallest key after it
		}
		if !t.countRead(keyRead{key: prefix, scan: true}) || bucket == nil {
			return
		}
		table := strings.TrimSuffix(prefix, string(start))
		cursor := bucket.Cursor()
		next := func() (name, value []byte) { return cursor.Seek(from) }
		for {
			var found kvdb.Entry
			more := false
			t.recoverDamage(func() {
				name, value := next()
				more = name != nil && bytes.HasPrefix(name, start)
				found = kvdb.Entry{Key: table + string(name), Value: bytes.Clone(value)}
			})
			if !more || !t.countRead(keyRead{key: found.Key}) || !yield(found) {
				return
			}
			next = cursor.Next
		}
	}
}

// recoverDamage runs read, which reads from bbolt. In a damaged database bbolt panics
// over an invalid page, and a missing page faults: then only t fails.
func (t *transaction) recoverDamage(read func()) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			t.Fail(damageError(p))
		}
	}()
	read()
}

func damageError(by any) error { return fmt.Errorf("damaged database: %v", by) }

// bucket returns the bucket of key's table, or nil if it does not exist, and key's name
// in it.
func (t *transaction) bucket(key string) (*bbolt.Bucket, []byte) {
	table, name, err := kvdb.SplitKey(key)
	if err != nil {
		t.Fail(err)
		return nil, nil
	}
	var bucket *bbolt.Bucket
	t.recoverDamage(func() { bucket = t.bolt.Bucket([]byte(table)) })
	return bucket, []byte(name)
}

// countRead counts a read, and reports whether t may do it.
func (t *transaction) countRead(r keyRead) bool {
	if t.reads != nil {
		t.reads[r] = true
	}
	t.CheckLimit("reads", len(t.reads))
	return t.Succeeding()
}
