// Package bolt keeps a store in one bbolt file, owned by one process at a time.
//
// bbolt reads from any number of snapshots beside a single writer, and each
// commit costs a flush to disk. So callers of Update queue for one goroutine,
// which takes everybody who is waiting into the same commit, and never waits
// for more. bbolt has no savepoints, and a caller that fails must not spoil the
// commit for the others: each reads in the shared transaction, but writes
// beside it, and the writer puts in what the successful ones decided. A caller
// therefore sees what those before it in the same commit wrote, and is told of
// success only once all of that is on disk.
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
	writer    *writer
	replacing sync.Mutex // held by the one Replace that goes on
}

var _ kvdb.Engine = (*Engine)(nil)

// View runs fn over one snapshot, beside every other transaction. It should not
// wait for an Update: when the file outgrows the address space that was taken
// for it, an Update waits for every View.
func (e *Engine) View(ctx context.Context, fn func(kvdb.KV) error) error {
	f := e.writer.acquireFile()
	defer f.held.Done()
	if e.writer.life.Err() != nil {
		return context.Cause(e.writer.life)
	}
	f.views.RLock()
	defer f.views.RUnlock()
	tx, err := f.begin(false)
	if err != nil {
		return err
	}
	defer rollback(tx)
	return newView(ctx, f, tx).Run(fn)
}

// Look implements [kvdb.Engine]. It finds a file that was put in place of the one that
// is open, which ends the engine. After a commit that failed it tries whether the disk
// takes one again.
func (e *Engine) Look(ctx context.Context) error { return e.writer.look(ctx) }

// Update runs fn once, in the caller's goroutine, when all earlier transactions
// are done, and returns when its writes are on disk, in the file that is at the path.
// An error that wraps [kvdb.ErrUnsettled] means that they may or may not be. An Update
// inside fn would wait for itself for ever.
func (e *Engine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	return e.writer.commit(ctx, bbolt.DefaultFillPercent, func(tx *bbolt.Tx) ([]kvdb.Entry, error) {
		t := newUpdate(ctx, e.writer.current, tx)
		err := t.Run(fn)
		return t.Writes.WrittenUnder("", ""), err
	})
}

// Lifetime implements [kvdb.Engine].
func (e *Engine) Lifetime() context.Context { return e.writer.life }

// Close ends the engine and lets the file go. It waits for the commit that is
// being made, for a Replace, and for every View. Callers in the queue get an
// error.
func (e *Engine) Close() error {
	e.writer.stop(kvdb.ErrClosed)
	e.writer.serving.Wait()
	e.replacing.Lock()
	defer e.replacing.Unlock()
	e.writer.retired.Wait()
	return e.writer.current.db.Close()
}
