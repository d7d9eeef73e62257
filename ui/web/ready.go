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

// Ready knows whether a desk can serve visitors.
type Ready struct {
	store    *store.Store
	clock    *clock.Clock
	looking  chan struct{} // full while somebody looks
	stopping atomic.Bool
}

// NewReady gives what knows it of the desk before a store, and by a clock; without a
// store, it can serve as long as it does not stop.
func NewReady(s *store.Store, clock *clock.Clock) *Ready {
	return &Ready{store: s, clock: clock, looking: make(chan struct{}, 1)}
}

// Stopping says that the desk is to be sent no more visitors.
func (r *Ready) Stopping() { r.stopping.Store(true) }

// readyTimeout is how soon a store answers that can be used.
const readyTimeout = time.Second

// Why a desk is not ready, for operators.
var (
	errStopping        = errors.New("the desk is stopping")
	errStoreSilent     = errors.New("the store does not answer")
	errStopped         = errors.New("the store takes nothing any more: see the log, and start loket anew")
	errStoreUnreadable = errors.New("the store cannot be read")
	errUnkept          = errors.New("the store cannot keep changes: see whether the disk is full or failing")
)

// What a desk says that is ready. One whose clock is not believed serves visitors too.
const (
	ready      = "ready"
	readyWrong = "ready; but the clock of this machine is not believed, and nothing is removed or given up: see loket clock"
)

// says returns how a desk is ready.
func (r *Ready) says() string {
	if r.clock != nil && !r.clock.Believed() {
		return readyWrong
	}
	return ready
}

// check looks whether the store can be read and takes changes, and gives why not. A look
// that hangs is not repeated until it is over.
func (r *Ready) check(ctx context.Context) error {
	if r.stopping.Load() {
		return errStopping
	}
	if r.store == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	select {
	case r.looking <- struct{}{}:
	case <-ctx.Done():
		return errStoreSilent
	}
	looked := make(chan error, 1)
	go func() {
		looked <- r.look(ctx)
		<-r.looking
	}()
	select {
	case err := <-looked:
		return err
	case <-ctx.Done():
		return errStoreSilent
	}
}

func (r *Ready) look(ctx context.Context) error {
	if err := r.store.View(ctx, func(*store.Tx) error { return nil }); err != nil {
		return unreadyError(err, errStoreUnreadable)
	}
	if err := r.store.Look(ctx); err != nil {
		return unreadyError(err, errUnkept)
	}
	return nil
}

// unreadyError tells operators of err, which is most likely that.
func unreadyError(err, likely error) error {
	switch {
	case errors.Is(err, kvdb.ErrStopped):
		return errStopped
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return errStoreSilent
	}
	return likely
}
