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
package bolt

import (
	"context"
	"runtime"
	"sync"

	"go.etcd.io/bbolt"

	"loket/store/kvdb"
)

// Engine is a [kvdb.Engine] on a bbolt file.
type Engine struct {
	path    string // of the file, wherever links to it are
	options Options
	moves   bool // whether a file can be moved over one that is open

	mu      sync.RWMutex // guards current
	current *file        // changed by the writer alone: see Replace
	retired sync.WaitGroup

	queue     chan *job // unbuffered: the callers blocked on it are the queue
	swaps     chan swap
	replacing sync.Mutex // held by the one Replace that goes on
	writer    sync.WaitGroup

	life context.Context // done once the engine is closed or has stopped; its cause says which
	stop context.CancelCauseFunc
}

var _ kvdb.Engine = (*Engine)(nil)

func start(path string, f *file, o Options) *Engine {
	e := &Engine{path: path, options: o, moves: runtime.GOOS != "windows", current: f, queue: make(chan *job), swaps: make(chan swap)}
	e.life, e.stop = context.WithCancelCause(context.Background())
	e.writer.Go(e.serve)
	return e
}

// hold is the file as it is now, which stays open until it is let go, whatever
// replaces it.
func (e *Engine) hold() *file {
	e.mu.RLock()
	defer e.mu.RUnlock()
	e.current.held.Add(1)
	return e.current
}

// View runs fn over one snapshot, beside every other transaction. It should not
// wait for an Update: when the file outgrows the address space that was taken
// for it, an Update waits for every View.
func (e *Engine) View(ctx context.Context, fn func(kvdb.KV) error) error {
	if e.life.Err() != nil {
		return context.Cause(e.life)
	}
	f := e.hold()
	defer f.held.Done()
	f.views.RLock()
	defer f.views.RUnlock()
	return f.db.View(func(tx *bbolt.Tx) error {
		return view(ctx, tx).Run(fn)
	})
}

// Update runs fn once, in the caller's goroutine, when all earlier transactions
// are done, and returns when its writes are on disk. An error that wraps
// [kvdb.ErrStopped] means that they may or may not be. An Update inside fn
// would wait for itself for ever.
func (e *Engine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	return e.commit(ctx, bbolt.DefaultFillPercent, func(tx *bbolt.Tx) ([]kvdb.Entry, error) {
		t := update(ctx, tx)
		err := t.Run(fn)
		return t.Writes.Under("", ""), err
	})
}

// Life implements [kvdb.Engine].
func (e *Engine) Life() context.Context { return e.life }

// Close ends the engine and lets the file go. It waits for the commit that is
// being made, for a Replace, and for every View. Callers in the queue get an
// error.
func (e *Engine) Close() error {
	e.stop(kvdb.ErrClosed)
	e.writer.Wait()
	e.replacing.Lock()
	defer e.replacing.Unlock()
	e.retired.Wait()
	return e.current.db.Close()
}
