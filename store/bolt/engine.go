// Package bolt is the engine on one bbolt file, which one process has open at a time.
//
// bbolt reads from any number of snapshots beside a single writer, and each commit costs
// a flush to disk. So callers of Update queue for one goroutine, which takes all waiting
// callers into the same commit, and never waits for more. bbolt has no savepoints, and a
// caller that fails must not spoil the commit for the others: each caller reads in the
// shared transaction but keeps its writes apart, and the writer puts the writes of the
// successful ones. A caller therefore sees what earlier callers of the same commit wrote,
// and gets its success only once all of it is on disk.
//
// A key's table is a bucket at the root of the file, and the rest of the key is
// the key within it.
//
// The package stands on store/kvdb and on bbolt. Start at Open, then Engine, then writer.
package bolt

import (
	"context"
	"sync"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

// Engine is a [kvdb.Engine] on a bbolt file.
type Engine struct {
	writer       *writer
	replaceMutex sync.Mutex // held during a Replace
}

var _ kvdb.Engine = (*Engine)(nil)

// View runs fn on one snapshot, concurrently with every other transaction. It should not
// wait for an Update: when the file outgrows its reserved address space, an Update waits
// for every View.
func (e *Engine) View(ctx context.Context, fn func(kvdb.KV) error) error {
	f := e.writer.acquireFile()
	defer f.holders.Done()
	if e.writer.lifetime.Err() != nil {
		return context.Cause(e.writer.lifetime)
	}
	f.viewLock.RLock()
	defer f.viewLock.RUnlock()
	tx, err := f.begin(false)
	if err != nil {
		return err
	}
	defer rollback(tx)
	return newViewTransaction(ctx, f, tx).Run(fn)
}

// CheckWritable implements [kvdb.Engine]. If another file is at the path of the open one, it ends
// the engine. After a failed commit it makes an empty one, to see whether the disk works
// again.
func (e *Engine) CheckWritable(ctx context.Context) error { return e.writer.checkWritable(ctx) }

// Update runs fn once, in the caller's goroutine, after all earlier transactions. It
// returns when its writes are on disk, in the file that is at the path. An error that
// wraps [kvdb.ErrOutcomeUnknown] means that they may or may not be. An Update inside fn
// would wait for itself for ever.
func (e *Engine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	return e.writer.commit(ctx, bbolt.DefaultFillPercent, func(tx *bbolt.Tx) ([]kvdb.Entry, error) {
		t := newUpdateTransaction(ctx, e.writer.current, tx)
		err := t.Run(fn)
		return t.Writes.WrittenUnder("", ""), err
	})
}

// LifetimeContext implements [kvdb.Engine].
func (e *Engine) LifetimeContext() context.Context { return e.writer.lifetime }

// Close ends the engine and closes the file. It waits for the current commit, for a
// Replace, and for every View. Queued callers get an error.
func (e *Engine) Close() error {
	e.writer.stop(kvdb.ErrClosed)
	e.writer.serveGroup.Wait()
	e.replaceMutex.Lock()
	defer e.replaceMutex.Unlock()
	e.writer.retiredFiles.Wait()
	return e.writer.current.db.Close()
}
