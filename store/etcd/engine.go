// Package etcd keeps a store on an etcd cluster, which several processes use at the
// same time.
//
// A transaction is optimistic: it reads everything at one revision, keeps what it
// writes to itself, and commits by one etcd transaction which compares that nothing
// of what was read has changed, neither a key nor what is under a prefix. If
// something did, it is run again. Nothing is locked, and nobody waits for somebody
// who died.
//
// All keys stand under the prefix of the desk:
//
//	generation            which generation of the data counts: a Replace makes another one
//	data/GENERATION/KEY   the data
//	filling/GENERATION    somebody fills it
//	slot/ENGINE/N         which commit of an engine was the last: see slot
//	pin/ENGINE/N          an engine still reads at that revision
//	scrubbed              the members were, not long ago: see Scrub
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
	grace   time.Duration  // see scrubGrace
	running sync.WaitGroup // transactions
}

var _ kvdb.Engine = (*Engine)(nil)

// beginTransaction counts a transaction that runs until done is called.
func (e *Engine) beginTransaction(ctx context.Context) (done func(), err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.life.Err() != nil:
		return nil, context.Cause(e.life)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	}
	e.running.Add(1)
	return e.running.Done, nil
}

// View implements [kvdb.Engine]. A snapshot stands as long as the cluster keeps its
// history: longer than a few seconds it is pinned. The error is [kvdb.ErrBusy] if it
// was lost all the same.
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

// Update implements [kvdb.Engine]. The error is [kvdb.ErrBusy] if others came in
// between time and again, and [kvdb.ErrUnsettled] if the cluster cannot be asked
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

// Look implements [kvdb.Engine]: where the cluster keeps what it has is for it to see to.
func (e *Engine) Look(ctx context.Context) error {
	return e.View(ctx, func(kvdb.KV) error { return nil })
}

// Lifetime implements [kvdb.Engine]. Close alone ends it: a cluster that is away comes
// back by itself.
func (e *Engine) Lifetime() context.Context { return e.life }

// Close implements [kvdb.Engine]. A cluster that does not answer holds it up for a
// few seconds, whoever still waits for that.
func (e *Engine) Close() error {
	e.mu.Lock()
	closed := e.life.Err() != nil
	e.die(kvdb.ErrClosed)
	e.mu.Unlock()
	e.running.Wait()
	if closed {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if e.lease != 0 {
		_, _ = e.client.Revoke(ctx, e.lease) // else it ends by itself
	}
	if err := e.client.Close(); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("leave the cluster: %w", err)
	}
	return nil
}
