// Package etcd is a database engine on an etcd cluster, which several processes use at the same time.
//
// A transaction is optimistic: it reads everything at one revision, keeps its writes apart, and commits them with one etcd
// transaction. The commit succeeds only if nothing that the transaction read has changed, neither a key nor the set of keys
// under a prefix; otherwise the transaction runs again. Nothing is locked, so no process waits for another one that died.
//
// All keys start with the prefix of the desk:
//
//	generation            the name of the current generation of the data; a Replace makes a new generation
//	data/GENERATION/KEY   the data of a generation
//	filling/GENERATION    a mark: a process is filling this generation
//	slot/ENGINE/N         the last commit of an engine in one of its slots (see commitSlot)
//	pin/ENGINE/N          a mark: a transaction of an engine still reads an old revision
//	scrubbed              a mark: the members' files were rewritten recently (see Scrub)
//
// Start reading at Connect, then Engine, then transaction.
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
	scrubWait    time.Duration  // scrubWait is the wait before Scrub compacts the history; it is scrubGrace, except in tests.
	transactions sync.WaitGroup // transactions counts the running transactions, for which Close waits.
}

var _ kvdb.Engine = (*Engine)(nil)

// beginTransaction registers a transaction, which runs until the caller calls done.
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

// View implements [kvdb.Engine]. A snapshot is available while the cluster keeps its history; after a few seconds the
// transaction pins the snapshot, so that Scrub keeps it. View returns [kvdb.ErrTooManyConflicts] if the snapshot was lost nevertheless.
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

// Update implements [kvdb.Engine]. It returns [kvdb.ErrTooManyConflicts] if other transactions conflicted with every attempt, and
// [kvdb.ErrOutcomeUnknown] if it cannot find out from the cluster whether the commit was done.
func (e *Engine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	done, err := e.beginTransaction(ctx)
	if err != nil {
		return err
	}
	defer done()
	return retryConflicts(ctx, func() (committed bool, err error) { return e.tryUpdate(ctx, fn) })
}

// tryUpdate runs an Update once, and reports whether it was committed. If not, another transaction conflicted.
func (e *Engine) tryUpdate(ctx context.Context, fn func(kvdb.KV) error) (committed bool, err error) {
	t := e.newUpdate(ctx)
	defer t.releaseSnapshot()
	switch err := t.Run(fn); {
	case errors.Is(err, errSnapshotLost):
		return false, nil
	case err != nil:
		return false, err
	}
	return t.commitWrites()
}

// CheckWritable implements [kvdb.Engine]. It only reads, because the members watch their own disks.
func (e *Engine) CheckWritable(ctx context.Context) error {
	return e.View(ctx, func(kvdb.KV) error { return nil })
}

// LifetimeContext implements [kvdb.Engine]. Only Close ends the context, because an unreachable cluster may become reachable
// again.
func (e *Engine) LifetimeContext() context.Context { return e.lifetime }

// Close implements [kvdb.Engine]. If the cluster does not answer, Close takes a few seconds, even if transactions are still
// waiting for an answer.
func (e *Engine) Close() error {
	e.mu.Lock()
	closed := e.lifetime.Err() != nil
	e.endLifetime(kvdb.ErrClosed)
	e.mu.Unlock()
	e.transactions.Wait()
	if closed {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if e.lease != 0 {
		_, _ = e.client.Revoke(ctx, e.lease) // If revoking fails, the lease expires by itself.
	}
	if err := e.client.Close(); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("leave the cluster: %w", err)
	}
	return nil
}
