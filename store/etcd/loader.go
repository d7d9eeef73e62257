package etcd

import (
	"context"
	"fmt"

	"loket/store/kvdb"
)

// The limits of a transaction that a loader writes. etcd allows 128 operations and 1.5 MiB in one transaction.
const (
	maxLoadKeys  = kvdb.MaxKeys
	maxLoadBytes = 1 << 20 // maxLoadBytes is the largest total size of the keys and values in a transaction, in bytes.
)

// A bulkLoader collects entries and writes them in large transactions. After a failed transaction it writes nothing more.
type bulkLoader struct {
	ctx       context.Context
	write     func(chunk []kvdb.Entry) error
	chunk     []kvdb.Entry
	chunkKeys map[string]bool // chunkKeys has the keys in the chunk; etcd refuses to write a key twice in one transaction.
	size      int             // size is the total size of the collected keys and values, in bytes.
	err       error
}

// addEntry collects an entry, and writes the collected entries once they fill a transaction. It keeps the value, which the caller
// must not change afterwards.
func (l *bulkLoader) addEntry(w kvdb.Entry) error {
	if l.err == nil {
		if err := checkWritableEntry(w); err != nil {
			l.err = fmt.Errorf("load: %w", err)
		}
	}
	size := len(w.Key) + len(w.Value)
	if len(l.chunk) == maxLoadKeys || l.size+size > maxLoadBytes || l.chunkKeys[w.Key] {
		l.flushEntries()
	}
	if l.err != nil {
		return l.err
	}
	if l.chunkKeys == nil {
		l.chunkKeys = map[string]bool{}
	}
	l.chunk, l.chunkKeys[w.Key], l.size = append(l.chunk, w), true, l.size+size
	return nil
}

// flushEntries writes the entries that were collected so far.
func (l *bulkLoader) flushEntries() error {
	if l.err == nil {
		l.err = l.ctx.Err()
	}
	if l.err == nil && len(l.chunk) > 0 {
		l.err = l.write(l.chunk)
	}
	l.chunk, l.chunkKeys, l.size = l.chunk[:0], nil, 0
	return l.err
}
