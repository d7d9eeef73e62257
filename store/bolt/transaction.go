package bolt

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"strings"

	"go.etcd.io/bbolt"

	"loket/store"
	"loket/store/overlay"
)

// transaction is what fn sees of the database: a bbolt transaction, which it
// only reads, under its own writes.
type transaction struct {
	ctx    context.Context
	bolt   *bbolt.Tx
	reads  map[read]bool  // what bbolt was asked for; nil in a View
	writes overlay.Writes // nil in a View
	err    error          // the first failure
}

// A read is a key, or the prefix of a Scan.
type read struct {
	key  string
	scan bool
}

func view(ctx context.Context, tx *bbolt.Tx) *transaction {
	return &transaction{ctx: ctx, bolt: tx}
}

func update(ctx context.Context, tx *bbolt.Tx) *transaction {
	return &transaction{ctx: ctx, bolt: tx, reads: map[read]bool{}, writes: overlay.Writes{}}
}

// run calls fn with t. A failure of t outranks what fn made of it.
func (t *transaction) run(fn func(store.KV) error) error {
	if t.goes() {
		t.fail(fn(t))
	}
	return t.err
}

// Get implements [store.KV].
func (t *transaction) Get(key string) (value []byte, found bool) {
	if !t.goes() {
		return nil, false
	}
	if value, own := t.writes[key]; own {
		return bytes.Clone(value), value != nil
	}
	bucket, name := t.bucket(key)
	if !t.count(read{key: key}) || bucket == nil {
		return nil, false
	}
	t.carefully(func() { value = bytes.Clone(bucket.Get(name)) })
	return value, value != nil
}

// Scan implements [store.KV].
func (t *transaction) Scan(prefix string) iter.Seq2[string, []byte] { return t.ScanAfter(prefix, "") }

// ScanAfter implements [store.KV].
func (t *transaction) ScanAfter(prefix, after string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		own := t.writes.Under(prefix, after) // by now: what the loop writes is not shown in it
		for e := range overlay.Over(t.stored(prefix, after), own) {
			if !t.goes() || !yield(e.Key, e.Value) {
				return
			}
		}
	}
}

// stored yields what bbolt has under prefix and after a key, in the order of keys.
func (t *transaction) stored(prefix, after string) iter.Seq[overlay.Entry] {
	return func(yield func(overlay.Entry) bool) {
		bucket, start := t.bucket(prefix)
		from := start
		if after >= prefix {
			if !strings.HasPrefix(after, prefix) {
				return // all of prefix comes before it
			}
			from = append([]byte(after[len(prefix)-len(start):]), 0) // the next key that there could be
		}
		if !t.count(read{key: prefix, scan: true}) || bucket == nil {
			return
		}
		table := strings.TrimSuffix(prefix, string(start))
		cursor := bucket.Cursor()
		next := func() (name, value []byte) { return cursor.Seek(from) }
		for {
			var found overlay.Entry
			more := false
			t.carefully(func() {
				name, value := next()
				more = name != nil && bytes.HasPrefix(name, start)
				found = overlay.Entry{Key: table + string(name), Value: bytes.Clone(value)}
			})
			if !more || !t.count(read{key: found.Key}) || !yield(found) {
				return
			}
			next = cursor.Next
		}
	}
}

// carefully reads something of bbolt's. In a damaged database bbolt panics over
// a page that makes no sense, and one that is not there at all faults: then t has
// failed, but nothing else has.
func (t *transaction) carefully(read func()) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			t.fail(damaged(p))
		}
	}()
	read()
}

func damaged(by any) error { return fmt.Errorf("damaged database: %v", by) }

// Put implements [store.KV].
func (t *transaction) Put(key string, value []byte) {
	t.write(overlay.Entry{Key: key, Value: append([]byte{}, value...)})
}

// Delete implements [store.KV].
func (t *transaction) Delete(key string) { t.write(overlay.Entry{Key: key, Value: nil}) }

func (t *transaction) write(w overlay.Entry) {
	if !t.goes() {
		return
	}
	if t.writes == nil {
		t.fail(store.ErrReadOnly)
		return
	}
	if err := check(w); err != nil {
		t.fail(err)
		return
	}
	t.writes[w.Key] = w.Value
	if len(t.writes) > store.MaxKeys {
		t.fail(fmt.Errorf("%w: writes more than %d", store.ErrTooLarge, store.MaxKeys))
	}
}

// bucket finds the table of key, nil if there is none yet, and key's name in it.
func (t *transaction) bucket(key string) (*bbolt.Bucket, []byte) {
	table, name, err := split(key)
	if err != nil {
		t.fail(err)
		return nil, nil
	}
	var bucket *bbolt.Bucket
	t.carefully(func() { bucket = t.bolt.Bucket([]byte(table)) })
	return bucket, []byte(name)
}

// count says whether t may still do r.
func (t *transaction) count(r read) bool {
	if t.reads != nil {
		t.reads[r] = true
	}
	if len(t.reads) > store.MaxKeys {
		t.fail(fmt.Errorf("%w: reads more than %d", store.ErrTooLarge, store.MaxKeys))
	}
	return t.goes()
}

// goes says whether nothing has failed so far.
func (t *transaction) goes() bool {
	t.fail(t.ctx.Err())
	return t.err == nil
}

func (t *transaction) fail(err error) { t.err = cmp.Or(t.err, err) }
