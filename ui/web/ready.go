package web

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"loket/flows/clock"
	"loket/store"
	"loket/store/kvdb"
)

// A ReadinessCheck determines whether a desk can serve visitors.
type ReadinessCheck struct {
	store     *store.Store
	clock     *clock.Clock
	checkSlot chan struct{} // checkSlot is full while a check of the store is running.
	stopping  atomic.Bool
}

// NewReadinessCheck returns a Ready for a desk with the given store and clock. If s is nil, the desk is ready until it stops.
func NewReadinessCheck(s *store.Store, clock *clock.Clock) *ReadinessCheck {
	return &ReadinessCheck{store: s, clock: clock, checkSlot: make(chan struct{}, 1)}
}

// MarkStopping marks the desk as stopping, so that it is not ready any more.
func (r *ReadinessCheck) MarkStopping() { r.stopping.Store(true) }

// readyTimeout limits the time in which the store must answer.
const readyTimeout = time.Second

// The reasons why a desk is not ready, for operators.
var (
	errStopping        = errors.New("the desk is stopping")
	errStoreTimeout    = errors.New("the store does not answer")
	errStoreStopped    = errors.New("the store takes nothing any more: see the log, and start loket anew")
	errStoreUnreadable = errors.New("the store cannot be read")
	errStoreUnwritable = errors.New("the store cannot keep changes: see whether the disk is full or failing")
)

// The answers of a desk that is ready. A desk serves visitors even if its clock is not plausible.
const (
	readyText           = "ready"
	readyWrongClockText = "ready; but the clock of this machine is not believed, and nothing is removed or given up: see loket clock"
)

// statusText returns the answer of a desk that is ready.
func (r *ReadinessCheck) statusText() string {
	if r.clock != nil && !r.clock.IsPlausible() {
		return readyWrongClockText
	}
	return readyText
}

// check returns an error if the store cannot be read or written. While a check hangs, no other check starts.
func (r *ReadinessCheck) check(ctx context.Context) error {
	if r.stopping.Load() {
		return errStopping
	}
	if r.store == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	select {
	case r.checkSlot <- struct{}{}:
	case <-ctx.Done():
		return errStoreTimeout
	}
	result := make(chan error, 1)
	go func() {
		result <- r.checkStore(ctx)
		<-r.checkSlot
	}()
	select {
	case err := <-result:
		return err
	case <-ctx.Done():
		return errStoreTimeout
	}
}

func (r *ReadinessCheck) checkStore(ctx context.Context) error {
	if err := r.store.View(ctx, func(*store.Tx) error { return nil }); err != nil {
		return unreadyError(err, errStoreUnreadable)
	}
	if err := r.store.CheckWritable(ctx); err != nil {
		return unreadyError(err, errStoreUnwritable)
	}
	return nil
}

// unreadyError returns an error that tells operators why the desk is not ready. It returns the error likely, unless err gives
// a more precise reason.
func unreadyError(err, likely error) error {
	switch {
	case errors.Is(err, kvdb.ErrStopped):
		return errStoreStopped
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return errStoreTimeout
	}
	return likely
}
