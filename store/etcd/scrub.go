package etcd

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
)

const (
	// scrubGrace is how long history is kept at the least, for transactions that read
	// in it: longer than they are when they are pinned.
	scrubGrace = pinAfter + 3*time.Second

	// scrubLeaseSeconds is how often the members are scrubbed at most, in seconds: one that
	// writes its file anew answers nobody meanwhile.
	scrubLeaseSeconds = 3600
)

// Scrub implements [kvdb.Engine]. The cluster keeps a history, and its members keep
// what that let go of in their files until they write over it. So the history is cut
// off, and each file written anew, one member after the other. The error is
// [kvdb.ErrBusy] while somebody reads an old snapshot, and within an hour of the
// last time. What is not scrubbed is sealed, with keys that no member has.
func (e *Engine) Scrub(ctx context.Context) error {
	done, err := e.beginTransaction(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := e.clearOtherGenerations(ctx); err != nil { // that one left who died in a Replace
		return fmt.Errorf("scrub: %w", err)
	}
	lease, now, err := e.claimScrub(ctx)
	if err != nil {
		return err
	}
	if err := e.compactBefore(ctx, now); err != nil {
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
		defer cancel()
		_, _ = e.client.Revoke(late, lease) // for the next one to try
		return fmt.Errorf("scrub: %w", err)
	}
	return nil
}

// claimScrub has nobody else scrub for a while, and gives the newest revision.
func (e *Engine) claimScrub(ctx context.Context) (lease clientv3.LeaseID, now int64, err error) {
	key := e.root + "scrubbed"
	claimed, err := e.client.Get(ctx, key, clientv3.WithCountOnly())
	switch {
	case err != nil:
		return 0, 0, fmt.Errorf("scrub: %w", err)
	case claimed.Count > 0: // as it mostly is
		return 0, 0, kvdb.ErrBusy
	}
	granted, err := e.client.Grant(ctx, scrubLeaseSeconds)
	if err != nil {
		return 0, 0, fmt.Errorf("scrub: %w", err)
	}
	answer, err := e.client.Txn(ctx).
		If(clientv3.Compare(clientv3.CreateRevision(key), "=", 0)).
		Then(clientv3.OpPut(key, "", clientv3.WithLease(granted.ID))).Commit()
	if err == nil && answer.Succeeded {
		return granted.ID, answer.Header.Revision, nil
	}
	if err == nil {
		err = kvdb.ErrBusy
	}
	_, revoked := e.client.Revoke(ctx, granted.ID)
	return 0, 0, errors.Join(err, revoked)
}

// compactBefore cuts off the history before a revision, once nobody reads in it.
func (e *Engine) compactBefore(ctx context.Context, before int64) error {
	timer := time.NewTimer(e.grace)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	case <-e.life.Done():
		return context.Cause(e.life)
	}
	pins, err := e.client.Get(ctx, e.root+"pin/", clientv3.WithPrefix(), clientv3.WithCountOnly())
	if err != nil {
		return err
	}
	if pins.Count > 0 {
		return kvdb.ErrBusy
	}
	if _, err := e.client.Compact(ctx, before, clientv3.WithCompactPhysical()); err != nil && !errors.Is(err, rpctypes.ErrCompacted) {
		return fmt.Errorf("cut off the history: %w", err)
	}
	for _, member := range e.client.Endpoints() {
		if _, err := e.client.Defragment(ctx, member); err != nil {
			return fmt.Errorf("write the file of a member anew: %w", err)
		}
	}
	return nil
}
