package bolt

import (
	"context"
	"fmt"

	"loket/store/kvdb"
)

const (
	// loadCommitBytes is the size of one commit, in bytes of keys and values. It is large, so that the flush to disk costs little in
	// comparison, but small enough that an Update between two commits does not wait for long.
	loadCommitBytes = 8 << 20

	// loadFillPercent is the fraction of each page to fill. It is high because few later keys fall between keys that were
	// loaded in order.
	loadFillPercent = 0.9
)

// A bulkLoader collects entries and writes them in large commits. After a failed commit it writes nothing more.
type bulkLoader struct {
	ctx   context.Context
	write func(chunk []kvdb.Entry) error
	chunk []kvdb.Entry
	size  int // size is the total size of the collected keys and values, in bytes.
	err   error
}

// addEntry collects an entry, and commits the collected entries when they are large enough. It keeps value, which the caller must
// not change afterwards.
func (l *bulkLoader) addEntry(key string, value []byte) error {
	w := kvdb.Entry{Key: key, Value: value}
	if l.err == nil {
		if err := checkWritableEntry(w); err != nil {
			l.err = fmt.Errorf("load: %w", err)
		}
	}
	if l.err != nil {
		return l.err
	}
	l.chunk = append(l.chunk, w)
	if l.size += len(key) + len(value); l.size >= loadCommitBytes {
		return l.flushEntries()
	}
	return nil
}

// flushEntries commits the entries that were collected so far.
func (l *bulkLoader) flushEntries() error {
	if l.err == nil {
		l.err = l.ctx.Err()
	}
	if l.err == nil {
		l.err = l.write(l.chunk)
	}
	l.chunk, l.size = l.chunk[:0], 0
	return l.err
}
