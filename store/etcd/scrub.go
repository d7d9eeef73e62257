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
	// scrubGrace is the shortest time for which the cluster keeps the history of the data, so that transactions can read it.
	// It is longer than it takes until a transaction pins its revision.
	scrubGrace = pinDelay + 3*time.Second

	// scrubLeaseSeconds is the shortest time between two scrubs, in seconds. It is long because a member that rewrites its
	// file answers no requests.
	scrubLeaseSeconds = 3600
)

// Scrub implements [kvdb.Engine]. The cluster keeps a history of the data, and the members' files contain deleted history
// until they overwrite it. So Scrub compacts the history, and makes each member rewrite its file, one member after the other.
//
// Scrub returns [kvdb.ErrTooManyConflicts] while a transaction reads an old snapshot, and within an hour after the last Scrub. Values that
// are not scrubbed yet are sealed, with keys that no member has.
func (e *Engine) Scrub(ctx context.Context) error {
	done, err := e.beginTransaction(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := e.clearOtherGenerations(ctx); err != nil { // A process that died in a Replace may have left a generation behind.
		return fmt.Errorf("scrub: %w", err)
	}
	lease, now, err := e.claimScrub(ctx)
	if err != nil {
		return err
	}
	if err := e.compactBefore(ctx, now); err != nil {
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
		defer cancel()
		_, _ = e.client.Revoke(late, lease) // Revoking the lease lets the next Scrub try again.
		return fmt.Errorf("scrub: %w", err)
	}
	return nil
}

// claimScrub prevents other processes from scrubbing for scrubLeaseSeconds. It returns the newest revision of the cluster.
func (e *Engine) claimScrub(ctx context.Context) (lease clientv3.LeaseID, now int64, err error) {
	key := e.keyPrefix + "scrubbed"
	claimed, err := e.client.Get(ctx, key, clientv3.WithCountOnly())
	switch {
	case err != nil:
		return 0, 0, fmt.Errorf("scrub: %w", err)
	case claimed.Count > 0: // The usual case is that another process has scrubbed recently.
		return 0, 0, kvdb.ErrTooManyConflicts
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
		err = kvdb.ErrTooManyConflicts
	}
	_, revoked := e.client.Revoke(ctx, granted.ID)
	return 0, 0, errors.Join(err, revoked)
}

// compactBefore compacts the history before a revision and makes the members rewrite their files. It returns [kvdb.ErrTooManyConflicts] if
// a transaction reads that history.
func (e *Engine) compactBefore(ctx context.Context, before int64) error {
	timer := time.NewTimer(e.scrubWait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	case <-e.lifetime.Done():
		return context.Cause(e.lifetime)
	}
	pins, err := e.client.Get(ctx, e.keyPrefix+"pin/", clientv3.WithPrefix(), clientv3.WithCountOnly())
	if err != nil {
		return err
	}
	if pins.Count > 0 {
		return kvdb.ErrTooManyConflicts
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
