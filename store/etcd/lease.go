package etcd

import (
	"context"
	"fmt"
	"sync"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// leaseSeconds is how long the keys of an engine stay in the cluster after the engine ends, in seconds. It is far longer than
// the outcome of a commit can be unknown (see resolveLostCommit).
const leaseSeconds = 600

// A leaseholder has one lease on the cluster, to which the keys of an engine are attached.
type leaseholder struct {
	*cluster
	leaseMutex sync.Mutex // leaseMutex guards lease.
	lease      clientv3.LeaseID
}

// leaseID returns the lease for the engine's keys. The first call grants the lease, not the start of the engine, because a
// cluster without room for a lease can still be read. The lease is kept alive as long as the engine.
func (l *leaseholder) leaseID(ctx context.Context) (clientv3.LeaseID, error) {
	l.leaseMutex.Lock()
	defer l.leaseMutex.Unlock()
	if l.lease != 0 {
		return l.lease, nil
	}
	var granted *clientv3.LeaseGrantResponse
	if err := l.retryOnMembers(ctx, func(ctx context.Context) (err error) {
		granted, err = l.client.Grant(ctx, leaseSeconds)
		return err
	}); err != nil {
		return 0, fmt.Errorf("take a lease: %w", err)
	}
	kept, err := l.client.KeepAlive(l.lifetime, granted.ID)
	if err != nil {
		return 0, fmt.Errorf("keep a lease: %w", err)
	}
	go func() {
		for range kept {
		}
		if l.lifetime.Err() == nil {
			l.dropLease(granted.ID)
		}
	}()
	l.lease = granted.ID
	return l.lease, nil
}

// dropLease forgets a lease that has ended, so that the next call of leaseID grants a new one.
func (l *leaseholder) dropLease(lease clientv3.LeaseID) {
	l.leaseMutex.Lock()
	defer l.leaseMutex.Unlock()
	if l.lease == lease {
		l.lease = 0
	}
}
