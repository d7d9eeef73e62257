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
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"sync"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
)

// Engine is a [kvdb.Engine] on an etcd cluster.
type Engine struct {
	client   *clientv3.Client
	root     string        // the prefix of the desk, with a slash at the end
	name     string        // of this engine, which no other one has
	grace    time.Duration // see scrubGrace
	patience time.Duration // see askPatience

	mu         sync.Mutex
	generation string     // that counted last time
	slots      chan *slot // those that no commit uses

	leasing sync.Mutex // guards lease
	lease   clientv3.LeaseID

	running sync.WaitGroup // transactions
	life    context.Context
	die     context.CancelCauseFunc
}

// open gives the engine of a desk on a cluster that answers.
func open(ctx context.Context, client *clientv3.Client, prefix string) (*Engine, error) {
	e := &Engine{
		client: client, root: prefix + "/", name: rand.Text()[:10],
		grace: scrubGrace, patience: askPatience, slots: make(chan *slot, slots),
	}
	e.life, e.die = context.WithCancelCause(context.Background())
	for n := range slots {
		e.slots <- &slot{key: fmt.Sprint(e.root, "slot/", e.name, "/", n)}
	}
	if _, err := e.do(ctx, clientv3.OpGet(e.root+"generation")); err != nil {
		e.die(kvdb.ErrClosed)
		return nil, err
	}
	return e, nil
}

// leaseSeconds is how long what belongs to an engine outlives it. It is far longer
// than a commit can be in doubt: see settle.
const leaseSeconds = 600

// leased gives the lease of what belongs to the engine. It is taken when it is first
// asked for, since a cluster without room for one can still be read, and kept as long
// as the engine lives.
func (e *Engine) leased(ctx context.Context) (clientv3.LeaseID, error) {
	e.leasing.Lock()
	defer e.leasing.Unlock()
	if e.lease != 0 {
		return e.lease, nil
	}
	var granted *clientv3.LeaseGrantResponse
	if err := e.ask(ctx, func(ctx context.Context) (err error) {
		granted, err = e.client.Grant(ctx, leaseSeconds)
		return err
	}); err != nil {
		return 0, fmt.Errorf("take a lease: %w", err)
	}
	kept, err := e.client.KeepAlive(e.life, granted.ID)
	if err != nil {
		return 0, fmt.Errorf("keep a lease: %w", err)
	}
	go func() {
		for range kept {
		}
		if e.life.Err() == nil {
			e.lost(granted.ID)
		}
	}()
	e.lease = granted.ID
	return e.lease, nil
}

// lost has another lease be taken in place of one that ended.
func (e *Engine) lost(lease clientv3.LeaseID) {
	e.leasing.Lock()
	defer e.leasing.Unlock()
	if e.lease == lease {
		e.lease = 0
	}
}

// begin counts a transaction that runs until done is called.
func (e *Engine) begin(ctx context.Context) (done func(), err error) {
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
	done, err := e.begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	t := e.view(ctx)
	defer t.end()
	return t.Run(fn)
}

const (
	// mostTries is how often an Update is run that others always come in between.
	mostTries = 100

	// longestPause is how long it waits at most between two tries.
	longestPause = 64 * time.Millisecond
)

// Update implements [kvdb.Engine]. The error is [kvdb.ErrBusy] if others came in
// between time and again, and [kvdb.ErrUnsettled] if the cluster cannot be asked
// whether the commit was done.
func (e *Engine) Update(ctx context.Context, fn func(kvdb.KV) error) error {
	done, err := e.begin(ctx)
	if err != nil {
		return err
	}
	defer done()
	return tries(ctx, func() (committed bool, err error) { return e.try(ctx, fn) })
}

// try runs an Update once, and tells whether it was committed.
func (e *Engine) try(ctx context.Context, fn func(kvdb.KV) error) (committed bool, err error) {
	t := e.update(ctx)
	defer t.end()
	switch err := t.Run(fn); {
	case errors.Is(err, errLost):
		return false, nil
	case err != nil:
		return false, err
	}
	return t.commit()
}

// pause waits for a while of any length up to most, so that those who came into
// each other's way do not meet again.
func pause(ctx context.Context, most time.Duration) error {
	some, err := rand.Int(rand.Reader, big.NewInt(int64(most)))
	if err != nil {
		return fmt.Errorf("wait for others: %w", err)
	}
	timer := time.NewTimer(time.Duration(some.Int64()))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Life implements [kvdb.Engine]. Close alone ends it: a cluster that is away comes
// back by itself.
func (e *Engine) Life() context.Context { return e.life }

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
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if e.lease != 0 {
		_, _ = e.client.Revoke(ctx, e.lease) // else it ends by itself
	}
	if err := e.client.Close(); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("leave the cluster: %w", err)
	}
	return nil
}

// farewell is how long those who leave wait for a cluster that does not answer.
const farewell = 2 * time.Second
