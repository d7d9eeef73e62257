package reindex

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"loket/store"
	"loket/store/lease"
)

const (
	leaseDuration = 30 * time.Second // leaseDuration is how long others wait for the lease of a process that was killed.
	leaseRenewal  = 10 * time.Second
	leasePoll     = time.Second // leasePoll is the time between two attempts to acquire the lease.
)

var errLeaseLost = errors.New("another process took the lease of bulk loads over")

// withLease calls do while the process holds lease.Load, and reports whether it does. If another process has the lease, do is not
// called. The context of do ends if the lease is lost.
func withLease(ctx context.Context, s *store.Store, holder string, do func(context.Context) error) (isHeld bool, err error) {
	if isHeld, err = acquireLease(ctx, s, holder); !isHeld || err != nil {
		return isHeld, err
	}
	leased, stop := context.WithCancelCause(ctx)
	var renewing sync.WaitGroup
	renewing.Go(func() { renewLease(leased, s, holder, func() { stop(errLeaseLost) }) })
	err = do(leased)
	if errors.Is(err, context.Canceled) {
		err = cmp.Or(context.Cause(leased), err)
	}
	stop(nil)
	renewing.Wait()
	released := s.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { lease.Release(tx, lease.Load, holder); return nil })
	return true, cmp.Or(err, released)
}

// renewLease renews the lease until ctx is done. It calls lost if another process has the lease. After an error it tries again, because
// nobody can acquire the lease of a store that takes no writes.
func renewLease(ctx context.Context, s *store.Store, holder string, lost func()) {
	renewal := time.NewTicker(leaseRenewal)
	defer renewal.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-renewal.C:
		}
		if isHeld, err := acquireLease(ctx, s, holder); err == nil && !isHeld {
			lost()
			return
		}
	}
}

func acquireLease(ctx context.Context, s *store.Store, holder string) (isHeld bool, err error) {
	err = s.Update(ctx, func(tx *store.Tx) error {
		isHeld, _ = lease.Acquire(tx, lease.Load, holder, leaseDuration, leaseDuration)
		return nil
	})
	return isHeld, err
}
