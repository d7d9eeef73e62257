package etcd

import (
	"context"
	"errors"
	"fmt"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"

	"loket/store/kvdb"
)

// errAway says that the cluster could not be reached.
var errAway = errors.New("no majority of the members answers")

const (
	// askPatience is how long members are asked before that is given up: long enough
	// for them to choose another leader.
	askPatience = 15 * time.Second

	// How long one of them is waited for: the first time hardly, since it may hang,
	// and a transaction asks many times.
	shortestWait = 100 * time.Millisecond
	longestWait  = 4 * time.Second
)

// ask asks the members, one after the other, until one answers. What is asked must
// do no harm when it is asked twice.
func (e *Engine) ask(ctx context.Context, question func(context.Context) error) error {
	patient, cancel := e.patient(ctx, e.patience)
	defer cancel()
	for wait := shortestWait; ; wait = min(2*wait, longestWait) {
		once, cancel := context.WithTimeout(patient, wait)
		err := question(once)
		cancel()
		if err == nil || refused(err) {
			return err
		}
		if pause(patient, longestPause) != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return fmt.Errorf("%w: %v", errAway, err) // it is not the caller's context that ended
		}
	}
}

// do is ask for an operation.
func (e *Engine) do(ctx context.Context, op clientv3.Op) (answer clientv3.OpResponse, err error) {
	err = e.ask(ctx, func(ctx context.Context) (err error) {
		answer, err = e.client.Do(ctx, op)
		return err
	})
	return answer, err
}

// patient is ctx for so long at most, and not for much longer once the engine is
// being closed.
func (e *Engine) patient(ctx context.Context, most time.Duration) (context.Context, context.CancelFunc) {
	patient, cancel := context.WithTimeout(ctx, most)
	stop := context.AfterFunc(e.life, func() { time.AfterFunc(farewell, cancel) })
	return patient, func() { stop(); cancel() }
}

// tries does something until it is done, since others may come in between, time and
// again.
func tries(ctx context.Context, once func() (done bool, err error)) error {
	for try := range mostTries {
		if done, err := once(); done || err != nil {
			return err
		}
		if err := pause(ctx, min(time.Millisecond<<min(try, 10), longestPause)); err != nil {
			return err
		}
	}
	return kvdb.ErrBusy
}
