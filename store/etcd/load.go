package etcd

import (
	"bytes"
	"context"
	"iter"

	"loket/store/kvdb"
)

// Load implements [kvdb.Engine]. It runs one transaction after the other, so that an interrupted Load has written only the
// first entries.
func (e *Engine) Load(ctx context.Context, entries iter.Seq2[string, []byte]) error {
	done, err := e.beginTransaction(ctx)
	if err != nil {
		return err
	}
	defer done()
	l := &bulkLoader{ctx: ctx, write: func(chunk []kvdb.Entry) error { return e.putEntryChunk(ctx, chunk) }}
	for key, value := range entries {
		if err := l.addEntry(kvdb.Entry{Key: key, Value: bytes.Clone(value)}); err != nil {
			return err
		}
	}
	return l.flushEntries()
}

// putEntryChunk writes a chunk of entries to the current generation of the data.
func (e *Engine) putEntryChunk(ctx context.Context, chunk []kvdb.Entry) error {
	return retryConflicts(ctx, func() (done bool, err error) {
		t := e.newUpdate(ctx)
		defer t.releaseSnapshot()
		if t.readAtRevision("none/none"); t.Err() != nil { // Reading any key also reads the current generation.
			return false, t.Err()
		}
		return e.commitOperations(ctx, t.compareUnchangedReads(), putOperations(e.generationPrefix(t.generation), chunk))
	})
}
