package web

import (
	"context"
	"sync"
	"time"

	"loket/flows/clock"
	"loket/store"
)

// A cachedLookup is something in the store that takes a while to find out. It is looked
// up when somebody asks, at most one time at once, and then kept for a while: so
// asking more often does not load the desk more.
type cachedLookup[T any] struct {
	ctx   context.Context // until when it may look
	clock *clock.Clock
	read  func(context.Context) (T, error)

	mu     sync.Mutex
	value  T
	is     bool          // there is a value
	after  time.Time     // when it is worth looking again
	looked chan struct{} // closed when the look that is going on is over; nil if there is none
}

// newCachedLookup is a lookup of what read finds in one View of s.
func newCachedLookup[T any](ctx context.Context, s *store.Store, clock *clock.Clock, read func(*store.Tx) T) *cachedLookup[T] {
	return &cachedLookup[T]{ctx: ctx, clock: clock, read: func(ctx context.Context) (found T, err error) {
		err = s.View(ctx, func(tx *store.Tx) error { found = read(tx); return nil })
		return found, err
	}}
}

// How long to look, and how often.
const (
	lookupTimeout  = time.Minute      // then it is given up
	callerPatience = time.Second      // of the caller; then there is the value that was found before
	minGap         = 10 * time.Second // from one look to the next
	gapFactor      = 100              // or so many times as long as the look took: one part in a hundred of a core
)

// get gives what is known, of which some may be a little old.
func (l *cachedLookup[T]) get() (value T, is bool) {
	l.mu.Lock()
	if l.looked == nil && !l.clock.RealNow().Before(l.after) && l.ctx.Err() == nil {
		l.looked = make(chan struct{})
		go l.refresh()
	}
	looked := l.looked
	l.mu.Unlock()
	if looked != nil {
		timer := time.NewTimer(callerPatience)
		defer timer.Stop()
		select {
		case <-looked:
		case <-timer.C:
		case <-l.ctx.Done():
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value, l.is
}

// refresh looks. What cannot be found out is not known, whatever was known before.
func (l *cachedLookup[T]) refresh() {
	ctx, cancel := context.WithTimeout(l.ctx, lookupTimeout)
	defer cancel()
	began := l.clock.RealNow()
	found, err := l.read(ctx)
	ended := l.clock.RealNow()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value, l.is = found, err == nil
	l.after = ended.Add(max(minGap, gapFactor*ended.Sub(began)))
	close(l.looked)
	l.looked = nil
}
