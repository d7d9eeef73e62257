package bolt

import (
	"bytes"
	"context"
	"iter"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

// Load writes entries in large commits, which alternate with other Updates. Each is on
// disk before the next begins. Unsorted keys are loaded too, but several times more
// slowly.
func (e *Engine) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	l := &loader{ctx: ctx, write: func(chunk []kvdb.Entry) error {
		return e.writer.commit(ctx, loadFillPercent, func(*bbolt.Tx) ([]kvdb.Entry, error) { return chunk, nil })
	}}
	for key, value := range entries {
		if err := l.add(key, bytes.Clone(value)); err != nil {
			return err
		}
	}
	return l.flush()
}
