package etcd

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"time"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"
	"google.golang.org/grpc/codes"

	"loket/store/kvdb"
)

// errNoMajority means that no majority of the cluster's members answers.
var errNoMajority = errors.New("no majority of the members answers")

const (
	// retryTimeout limits the time for which a request is retried. It is long enough for the cluster to elect another leader.
	retryTimeout = 15 * time.Second

	// minRetryWait and maxRetryWait limit the wait for a member's answer. The first wait is very short, because a member may
	// hang, and a transaction makes many requests.
	minRetryWait = 100 * time.Millisecond
	maxRetryWait = 4 * time.Second
)

// A cluster sends requests about the keys of one desk to the members of an etcd cluster.
type cluster struct {
	client    *clientv3.Client
	keyPrefix string        // keyPrefix is the prefix of all keys of the desk, with a slash at the end.
	timeout   time.Duration // timeout limits the time for which a request is retried; it is retryTimeout, except in tests.

	lifetime    context.Context // lifetime is done once the engine is closed.
	endLifetime context.CancelCauseFunc
}

// retryOnMembers sends a request to one member after another, until one of them answers. The request must be idempotent.
func (c *cluster) retryOnMembers(ctx context.Context, question func(context.Context) error) error {
	whole, cancel := c.withTimeout(ctx, c.timeout)
	defer cancel()
	for wait := minRetryWait; ; wait = min(2*wait, maxRetryWait) {
		once, cancel := context.WithTimeout(whole, wait)
		err := question(once)
		cancel()
		if err == nil || isRefused(err) {
			return err
		}
		if randomPause(whole, maxPause) != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return fmt.Errorf("%w: %v", errNoMajority, err) // The caller's context has not ended, so the cluster is the cause.
		}
	}
}

// doWithRetry performs an operation. It retries until a member answers, so the operation must be idempotent.
func (c *cluster) doWithRetry(ctx context.Context, op clientv3.Op) (answer clientv3.OpResponse, err error) {
	err = c.retryOnMembers(ctx, func(ctx context.Context) (err error) {
		answer, err = c.client.Do(ctx, op)
		return err
	})
	return answer, err
}

// withTimeout returns a context that ends after the given time, or soon after the engine is closed.
func (c *cluster) withTimeout(ctx context.Context, most time.Duration) (context.Context, context.CancelFunc) {
	bounded, cancel := context.WithTimeout(ctx, most)
	stop := context.AfterFunc(c.lifetime, func() { time.AfterFunc(shutdownTimeout, cancel) })
	return bounded, func() { stop(); cancel() }
}

// retryConflicts calls once until it is done, because other transactions may conflict with it several times.
func retryConflicts(ctx context.Context, once func() (done bool, err error)) error {
	for try := range maxConflictAttempts {
		if done, err := once(); done || err != nil {
			return err
		}
		if err := randomPause(ctx, min(time.Millisecond<<min(try, 10), maxPause)); err != nil {
			return err
		}
	}
	return kvdb.ErrTooManyConflicts
}

const (
	// maxConflictAttempts is the number of times that a conflicting transaction is tried.
	maxConflictAttempts = 100

	// maxPause is the longest pause between two attempts of a transaction.
	maxPause = 64 * time.Millisecond
)

// randomPause waits for a random time up to the given limit, so that transactions that have conflicted do not conflict again.
func randomPause(ctx context.Context, most time.Duration) error {
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

// isRefused reports whether err means that the cluster refused a request and would refuse it again.
func isRefused(err error) bool {
	var said rpctypes.EtcdError
	if !errors.As(rpctypes.Error(err), &said) {
		return false
	}
	switch said.Code() {
	case codes.InvalidArgument, codes.NotFound, codes.PermissionDenied, codes.Unauthenticated, codes.ResourceExhausted,
		codes.FailedPrecondition, codes.OutOfRange:
		return true
	}
	return false
}

// shutdownTimeout limits how long closing an engine waits for a cluster that does not answer.
const shutdownTimeout = 2 * time.Second
