package bolt

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"strings"
	"sync"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
	"loket/store/overlay"
)

// A transaction is the database as the caller of View or Update sees it: a bbolt transaction, used only for reading, with the
// caller's own writes on top.
type transaction struct {
	overlay.Transaction
	file  *file
	bolt  *bbolt.Tx
	reads map[keyRead]bool // reads is the set of reads so far. It is nil in a View, where reads are not limited.

	bucketsMutex sync.Mutex               // bucketsMutex guards buckets.
	buckets      map[string]*bbolt.Bucket // buckets has the open bucket of each table; nil for a table that does not exist yet.
}

// A keyRead identifies a read: of one key, or of all keys with a prefix.
type keyRead struct {
	key    string
	isScan bool
}

func newViewTransaction(ctx context.Context, f *file, tx *bbolt.Tx) *transaction {
	t := &transaction{file: f, bolt: tx, buckets: map[string]*bbolt.Bucket{}}
	t.Transaction = overlay.Transaction{Context: ctx, Stored: t, CheckWrite: checkWritableEntry}
	return t
}

func newUpdateTransaction(ctx context.Context, f *file, tx *bbolt.Tx) *transaction {
	t := newViewTransaction(ctx, f, tx)
	t.reads, t.Writes = map[keyRead]bool{}, overlay.UncommittedWrites{}
	return t
}

// FindStored implements [overlay.StoredData].
func (t *transaction) FindStored(key string) (value []byte, found bool) {
	bucket, name := t.findBucket(key)
	if !t.countRead(keyRead{key: key}) || bucket == nil {
		return nil, false
	}
	t.recoverReadDamage(func() { value = bytes.Clone(bucket.Get(name)) })
	return value, value != nil
}

// FindMany implements [overlay.StoredData]. A bbolt transaction is for one goroutine, except that several goroutines may look up
// keys in buckets that are already open, as long as the transaction only reads.
func (t *transaction) FindMany(keys []string) [][]byte {
	values := make([][]byte, len(keys))
	t.recoverReadDamage(func() {
		size, cursors := 0, map[string]*bbolt.Cursor{}
		for i, key := range keys {
			if t.reads != nil && !t.countRead(keyRead{key: key}) {
				break
			}
			values[i] = t.findValue(key, cursors)
			size += len(values[i])
		}
		copyTogether(values, size)
		if len(cursors) == 0 {
			return // no table was there, so that no page was read
		}
		for range keys {
			t.file.countRead() // which may let go of the pages that values were in
		}
	})
	return values
}

// findValue returns the value at a key, as it stands in the file. cursors are those of the tables that
// were looked in so far: a cursor that is used again allocates nothing.
func (t *transaction) findValue(key string, cursors map[string]*bbolt.Cursor) []byte {
	cursor, open := cursors[kvdb.TableFromKey(key)]
	bucket, name := t.findBucket(key)
	switch {
	case bucket == nil:
		return nil
	case !open:
		cursor = bucket.Cursor()
		cursors[kvdb.TableFromKey(key)] = cursor
	}
	if found, value := cursor.Seek(name); bytes.Equal(found, name) {
		return value
	}
	return nil
}

// copyTogether replaces values by copies, which have size bytes in all. One allocation for all of
// them costs much less than one for each.
func copyTogether(values [][]byte, size int) {
	all := make([]byte, 0, size)
	for i, value := range values {
		if value != nil {
			start := len(all)
			all = append(all, value...)
			values[i] = all[start:len(all):len(all)]
		}
	}
}

// StoredAfter implements [overlay.StoredData].
func (t *transaction) StoredAfter(prefix, after string) iter.Seq[kvdb.Entry] {
	return func(yield func(kvdb.Entry) bool) {
		bucket, start := t.findBucket(prefix)
		from := start
		if after >= prefix {
			if !strings.HasPrefix(after, prefix) {
				return // Every key with this prefix sorts before the key after.
			}
			// Appending a zero byte gives the smallest key that follows after.
			from = append([]byte(after[len(prefix)-len(start):]), 0)
		}
		if !t.countRead(keyRead{key: prefix, isScan: true}) || bucket == nil {
			return
		}
		table := strings.TrimSuffix(prefix, string(start))
		cursor := bucket.Cursor()
		next := func() (name, value []byte) { return cursor.Seek(from) }
		for {
			var found kvdb.Entry
			more := false
			t.recoverReadDamage(func() {
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

// recoverReadDamage calls read, which reads from bbolt. If the database is damaged, bbolt panics because of an invalid page, or
// faults because of a missing one; recoverReadDamage turns either into an error of this transaction only.
func (t *transaction) recoverReadDamage(read func()) {
	t.file.countRead()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			t.Fail(damageError(p))
		}
	}()
	read()
}

func damageError(by any) error { return fmt.Errorf("damaged database: %v", by) }

// findBucket returns the bucket of key's table, or nil if the table does not exist, and the key's name in the bucket.
func (t *transaction) findBucket(key string) (*bbolt.Bucket, []byte) {
	table, name, err := kvdb.SplitKey(key)
	if err != nil {
		t.Fail(err)
		return nil, nil
	}
	t.bucketsMutex.Lock()
	defer t.bucketsMutex.Unlock()
	bucket, open := t.buckets[table]
	if !open {
		t.recoverReadDamage(func() { bucket = t.bolt.Bucket([]byte(table)) })
		t.buckets[table] = bucket
	}
	return bucket, []byte(name)
}

// countRead counts a read, and reports whether the transaction is within its limit and has no error.
func (t *transaction) countRead(r keyRead) bool {
	if t.reads != nil {
		t.reads[r] = true
	}
	t.CheckLimit("reads", len(t.reads))
	return t.IsOK()
}
