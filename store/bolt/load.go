package bolt

import (
	"bytes"
	"context"
	"iter"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

// Load writes entries in large commits, and lets other Updates run in between. Each commit is on disk before the next one
// begins. Keys that are not sorted take several times as long.
func (e *Engine) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	l := &bulkLoader{ctx: ctx, write: func(chunk []kvdb.Entry) error {
		return e.writer.commitEntries(ctx, loadFillPercent, func(*bbolt.Tx) ([]kvdb.Entry, error) { return chunk, nil })
	}}
	for key, value := range entries {
		if err := l.addEntry(key, bytes.Clone(value)); err != nil {
			return err
		}
	}
	return l.flushEntries()
}
