// Package etcd is the engine on an etcd cluster, which several processes use at the same
// time.
//
// A transaction is optimistic: it reads everything at one revision, keeps its writes
// apart, and commits with one etcd transaction that compares that nothing that it read
// has changed, neither a key nor the keys under a prefix. If something did, the
// transaction runs again. Nothing is locked, so no process waits for one that died.
//
// All keys are under the prefix of the desk:
//
//	generation            the current generation of the data: a Replace makes a new one
//	data/GENERATION/KEY   the data
//	filling/GENERATION    mark: a process is filling this generation
//	slot/ENGINE/N         the last commit of an engine in this slot: see commitSlot
//	pin/ENGINE/N          mark: an engine still reads an old revision
//	scrubbed              mark: the members were scrubbed recently, see Scrub
//
// Start at Connect, then Engine, then transaction.
package etcd

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"loket/store/kvdb"
)

// Engine is a [kvdb.Engine] on an etcd cluster.
type Engine struct {
	*database
	scrubWait    time.Duration  // see scrubGrace
	transactions sync.WaitGroup // transactions
}

var _ kvdb.Engine = (*Engine)(nil)

// beginTransaction registers a transaction that runs until done is called.
func (e *Engine) beginTransaction(ctx context.Context) (done func(), err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.lifetime.Err() != nil:
		return nil, context.Cause(e.lifetime)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	e.transactions.Add(1)
	return e.transactions.Done, nil
}

// View implements [kvdb.Engine]. A snapshot exists as long as the cluster keeps its
// history; after a few seconds it is pinned. The error is [kvdb.ErrBusy] if the snapshot
// was lost nevertheless.
func (e *Engine) View(ctx context.Context, fn func(kvdb.KV) error) error {
	done, err := e.beginTransaction(ctx)
	if err != nil {
		return err
	}
	defer done()
	t := e.newView(ctx)
	defer t.releaseSnapshot()
	return t.Run(fn)
}

// Update implements [kvdb.Engine]. The error is [kvdb.ErrBusy] if other transactions
// conflicted each time, and [kvdb.ErrOutcomeUnknown] if the cluster cannot be asked
// whether the commit was done.
func (e *Engine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	done, err := e.beginTransaction(ctx)
	if err != nil {
		return err
	}
	defer done()
	return retryConflicts(ctx, func() (committed bool, err error) { return e.tryUpdate(ctx, fn) })
}

// tryUpdate runs an Update once, and reports whether it was committed.
func (e *Engine) tryUpdate(ctx context.Context, fn func(kvdb.KV) error) (committed bool, err error) {
	t := e.newUpdate(ctx)
	defer t.releaseSnapshot()
	switch err := t.Run(fn); {
	case errors.Is(err, errSnapshotLost):
		return false, nil
	case err != nil:
		return false, err
	}
	return t.commit()
}

// CheckWritable implements [kvdb.Engine]. It only reads, because the cluster is responsible for
// its own disks.
func (e *Engine) CheckWritable(ctx context.Context) error {
	return e.View(ctx, func(kvdb.KV) error { return nil })
}

// LifetimeContext implements [kvdb.Engine]. Only Close ends it, because a cluster that is away
// comes back.
func (e *Engine) LifetimeContext() context.Context { return e.lifetime }

// Close implements [kvdb.Engine]. If the cluster does not answer, it takes a few seconds,
// even if transactions still wait for an answer.
func (e *Engine) Close() error {
	e.mu.Lock()
	closed := e.lifetime.Err() != nil
	e.endLife(kvdb.ErrClosed)
	e.mu.Unlock()
	e.transactions.Wait()
	if closed {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if e.lease != 0 {
		_, _ = e.client.Revoke(ctx, e.lease) // otherwise it expires
	}
	if err := e.client.Close(); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("leave the cluster: %w", err)
	}
	return nil
}
