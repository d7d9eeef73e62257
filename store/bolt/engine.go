// Package bolt is a database engine on one bbolt file, which one process has open at a time. bbolt allows any number of
// readers, each on its own snapshot, and a single writer.
//
// Each commit costs a flush to disk, so concurrent callers of Update share one: a single goroutine takes all waiting callers
// into the same commit, and never waits for more. bbolt has no savepoints, and a caller that fails must not spoil the commit
// for the others. So each caller reads in the shared transaction but keeps its writes apart, and the goroutine applies only
// the writes of callers that succeeded. A caller therefore sees the writes of earlier callers in the same commit, and returns
// only once the commit is on disk.
//
// The first part of a key names its table, which is a bucket at the root of the file; the rest is the key in that bucket. The
// package uses store/kvdb and bbolt. Start reading at Open, then Engine, then writer.
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
	replaceMutex sync.Mutex // replaceMutex is held during a call of Replace.
}

var _ kvdb.Engine = (*Engine)(nil)

// View runs fn on one snapshot, concurrently with every other transaction. fn must not wait for an Update: when the file
// outgrows its reserved address space, an Update waits for every View to end.
func (e *Engine) View(ctx context.Context, fn func(kvdb.KV) error) error {
	f := e.writer.acquireFile()
	defer f.holders.Done()
	if e.writer.lifetime.Err() != nil {
		return context.Cause(e.writer.lifetime)
	}
	f.viewLock.RLock()
	defer f.viewLock.RUnlock()
	tx, err := f.beginTransaction(false)
	if err != nil {
		return err
	}
	defer rollback(tx)
	return newViewTransaction(ctx, f, tx).Run(fn)
}

// CheckWritable implements [kvdb.Engine]. If another file is now at the path of the open file, CheckWritable stops the engine.
// If the last commit failed, it makes an empty commit to find out whether the disk works again.
func (e *Engine) CheckWritable(ctx context.Context) error { return e.writer.checkWritable(ctx) }

// Update runs fn once, in the caller's goroutine, after all earlier transactions. Update returns when the writes of fn are on
// disk, in the file that is at the database's path. An error that wraps [kvdb.ErrOutcomeUnknown] means that the writes may or
// may not be on disk. fn must not call Update, because the inner call would deadlock.
func (e *Engine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	return e.writer.commitEntries(ctx, bbolt.DefaultFillPercent, func(tx *bbolt.Tx) ([]kvdb.Entry, error) {
		t := newUpdateTransaction(ctx, e.writer.current, tx)
		err := t.Run(fn)
		return t.Writes.WritesUnderPrefix("", ""), err
	})
}

// LifetimeContext implements [kvdb.Engine].
func (e *Engine) LifetimeContext() context.Context { return e.writer.lifetime }

// Close stops the engine and closes the file. It waits for the current commit, for a Replace, and for every View. Callers of
// Update that are still queued get an error.
func (e *Engine) Close() error {
	e.writer.stop(kvdb.ErrClosed)
	e.writer.serveGroup.Wait()
	e.replaceMutex.Lock()
	defer e.replaceMutex.Unlock()
	e.writer.retiredFiles.Wait()
	return e.writer.current.db.Close()
}
