package bolt

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

const (
	// loadSize is how many bytes of keys and values go into one commit: enough
	// that the flush to disk costs little beside them, and little enough that
	// an Update between two of them does not wait for long.
	loadSize = 8 << 20

	// loadFill packs pages closely: few later keys come between sorted ones.
	loadFill = 0.9
)

// Load writes entries in large commits, which take turns with other Updates and
// are each on disk before the next begins. Keys that are not sorted are loaded
// as well, but several times more slowly.
func (e *Engine) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	l := &loader{ctx: ctx, write: func(chunk []kvdb.Entry) error {
		return e.commit(ctx, loadFill, func(*bbolt.Tx) ([]kvdb.Entry, error) { return chunk, nil })
	}}
	for key, value := range entries {
		if err := l.add(key, bytes.Clone(value)); err != nil {
			return err
		}
	}
	return l.flush()
}

// A loader gathers entries into commits. After a failure it writes nothing more.
type loader struct {
	ctx   context.Context
	write func(chunk []kvdb.Entry) error
	chunk []kvdb.Entry
	size  int // bytes
	err   error
}

// add takes an entry, whose value it keeps.
func (l *loader) add(key string, value []byte) error {
	w := kvdb.Entry{Key: key, Value: value}
	if l.err == nil {
		if err := check(w); err != nil {
			l.err = fmt.Errorf("load: %w", err)
		}
	}
	if l.err != nil {
		return l.err
	}
	l.chunk = append(l.chunk, w)
	if l.size += len(key) + len(value); l.size >= loadSize {
		return l.flush()
	}
	return nil
}

// flush writes what is left.
func (l *loader) flush() error {
	if l.err == nil {
		l.err = l.ctx.Err()
	}
	if l.err == nil {
		l.err = l.write(l.chunk)
	}
	l.chunk, l.size = l.chunk[:0], 0
	return l.err
}
