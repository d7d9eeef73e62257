package bolt

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"
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
	var chunk []entry
	size := 0
	for key, value := range entries {
		w := entry{key, bytes.Clone(value)}
		if err := w.check(); err != nil {
			return fmt.Errorf("load: %w", err)
		}
		chunk = append(chunk, w)
		if size += len(key) + len(value); size >= loadSize {
			if err := e.load(ctx, chunk); err != nil {
				return err
			}
			chunk, size = chunk[:0], 0
		}
	}
	return e.load(ctx, chunk)
}

func (e *Engine) load(ctx context.Context, chunk []entry) error {
	return e.commit(ctx, loadFill, func(*bbolt.Tx) ([]entry, error) { return chunk, nil })
}
