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

// errNoMajority says that the cluster could not be reached.
var errNoMajority = errors.New("no majority of the members answers")

const (
	// retryTimeout is how long members are asked before that is given up: long enough
	// for them to choose another leader.
	retryTimeout = 15 * time.Second

	// How long one of them is waited for: the first time hardly, because it may hang,
	// and a transaction asks many times.
	minRetryWait = 100 * time.Millisecond
	maxRetryWait = 4 * time.Second
)

// A cluster asks the members of an etcd cluster about the keys of one desk.
type cluster struct {
	client  *clientv3.Client
	root    string        // the prefix of the desk, with a slash at the end
	timeout time.Duration // see retryTimeout

	life context.Context // done once the engine is closed
	die  context.CancelCauseFunc
}

// retry asks the members, one after the other, until one answers. What is asked must
// do no harm when it is asked twice.
func (c *cluster) retry(ctx context.Context, question func(context.Context) error) error {
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
			return fmt.Errorf("%w: %v", errNoMajority, err) // it is not the caller's context that ended
		}
	}
}

// do does an operation, again and again until a member answers.
func (c *cluster) do(ctx context.Context, op clientv3.Op) (answer clientv3.OpResponse, err error) {
	err = c.retry(ctx, func(ctx context.Context) (err error) {
		answer, err = c.client.Do(ctx, op)
		return err
	})
	return answer, err
}

// withTimeout bounds ctx, also to a little longer than the life of the engine.
func (c *cluster) withTimeout(ctx context.Context, most time.Duration) (context.Context, context.CancelFunc) {
	bounded, cancel := context.WithTimeout(ctx, most)
	stop := context.AfterFunc(c.life, func() { time.AfterFunc(shutdownTimeout, cancel) })
	return bounded, func() { stop(); cancel() }
}

// retryConflicts does something until it is done, because others may come in between, time and
// again.
func retryConflicts(ctx context.Context, once func() (done bool, err error)) error {
	for try := range maxAttempts {
		if done, err := once(); done || err != nil {
			return err
		}
		if err := randomPause(ctx, min(time.Millisecond<<min(try, 10), maxPause)); err != nil {
			return err
		}
	}
	return kvdb.ErrBusy
}

const (
	// maxAttempts is how often an Update is run that others always come in between.
	maxAttempts = 100

	// maxPause is how long it waits at most between two attempts.
	maxPause = 64 * time.Millisecond
)

// randomPause waits for a while of any length up to most, so that transactions that came
// into each other's way do not meet again.
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

// isRefused reports whether the cluster said that it did not do what it was asked for,
// and would not if it was asked again.
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

// shutdownTimeout is how long an engine that is closed waits for a cluster that does not
// answer.
const shutdownTimeout = 2 * time.Second
