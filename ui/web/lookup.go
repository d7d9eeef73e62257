package web

import (
	"context"
	"sync"
	"time"

	"loket/flows/clock"
	"loket/store"
)

// A cachedLookup is a value that takes a while to read from the store. It is read when a client asks
// for it, never twice at the same time, and then cached. So more requests do not load the desk more.
type cachedLookup[T any] struct {
	ctx   context.Context // ends all lookups
	clock *clock.Clock
	read  func(context.Context) (T, error)

	mu         sync.Mutex
	value      T
	isKnown    bool          // value is known
	nextLookup time.Time     // no lookup begins before this time
	lookupDone chan struct{} // closed when the running lookup ends; nil if no lookup runs
}

// newCachedLookup returns a lookup of the value that read returns, in one View of s.
func newCachedLookup[T any](ctx context.Context, s *store.Store, clock *clock.Clock, read func(*store.Tx) T) *cachedLookup[T] {
	return &cachedLookup[T]{ctx: ctx, clock: clock, read: func(ctx context.Context) (found T, err error) {
		err = s.View(ctx, func(tx *store.Tx) error { found = read(tx); return nil })
		return found, err
	}}
}

// Times of lookups.
const (
	lookupTimeout   = time.Minute      // of one lookup
	callerPatience  = time.Second      // after this the caller gets the value of the last lookup
	minLookupGap    = 10 * time.Second // between two lookups
	lookupGapFactor = 100              // the gap is also so many times the last lookup, so that they take 1 % of a core
)

// currentValue returns the value, which may be a little old. is is false if the value is not known.
func (l *cachedLookup[T]) currentValue() (value T, is bool) {
	l.mu.Lock()
	if l.lookupDone == nil && !l.clock.RealNow().Before(l.nextLookup) && l.ctx.Err() == nil {
		l.lookupDone = make(chan struct{})
		go l.refresh()
	}
	looked := l.lookupDone
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
	return l.value, l.isKnown
}

// refresh reads the value. After an error the value is not known, also if it was known before.
func (l *cachedLookup[T]) refresh() {
	ctx, cancel := context.WithTimeout(l.ctx, lookupTimeout)
	defer cancel()
	began := l.clock.RealNow()
	found, err := l.read(ctx)
	ended := l.clock.RealNow()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value, l.isKnown = found, err == nil
	l.nextLookup = ended.Add(max(minLookupGap, lookupGapFactor*ended.Sub(began)))
	close(l.lookupDone)
	l.lookupDone = nil
}
