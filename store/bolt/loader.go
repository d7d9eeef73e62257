package bolt

import (
	"context"
	"fmt"

	"loket/store/kvdb"
)

const (
	// loadSize is how many bytes of keys and values go into one commit: enough that the
	// flush to disk costs little in comparison, and few enough that an Update between two
	// of them does not wait for long.
	loadSize = 8 << 20

	// loadFillPercent packs pages densely, because few later keys fall between sorted ones.
	loadFillPercent = 0.9
)

// A loader collects entries into commits. After a failure it writes nothing more.
type loader struct {
	ctx   context.Context
	write func(chunk []kvdb.Entry) error
	chunk []kvdb.Entry
	size  int // bytes
	err   error
}

// add adds an entry, and keeps its value.
func (l *loader) add(key string, value []byte) error {
	w := kvdb.Entry{Key: key, Value: value}
	if l.err == nil {
		if err := checkEntry(w); err != nil {
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

// flush writes the collected entries.
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
