package web

import (
	"context"
	"sync"
	"time"

	"loket/flows/clock"
	"loket/store"
)

// A cachedLookup is a value that takes a while to read from the store. It reads the value when a client asks for it, never
// twice at the same time, and then caches the value. So more requests do not put more load on the desk.
type cachedLookup[T any] struct {
	ctx   context.Context // ctx ends running and later lookups when it is done.
	clock *clock.Clock
	read  func(context.Context) (T, error)

	mu         sync.Mutex
	value      T
	isKnown    bool          // isKnown reports whether value is known.
	nextLookup time.Time     // nextLookup is the time before which no lookup begins.
	lookupDone chan struct{} // lookupDone is closed when the running lookup ends; it is nil if no lookup is running.
}

// newCachedLookup returns a lookup of the value that read returns. It calls read in one View of s.
func newCachedLookup[T any](ctx context.Context, s *store.Store, clock *clock.Clock, read func(*store.Tx) T) *cachedLookup[T] {
	return &cachedLookup[T]{ctx: ctx, clock: clock, read: func(ctx context.Context) (found T, err error) {
		err = s.View(ctx, func(tx *store.Tx) error { found = read(tx); return nil })
		return found, err
	}}
}

// The limits of a cachedLookup.
const (
	lookupTimeout = time.Minute // lookupTimeout limits the duration of one lookup.
	// maxCallerWait is how long a caller waits for a running lookup before it gets the value of the last one.
	maxCallerWait = time.Second
	minLookupGap  = 10 * time.Second // minLookupGap is the shortest time between two lookups.
	// lookupGapFactor times the duration of the last lookup is also the shortest time between two lookups, so lookups take at
	// most 1 % of a processor core.
	lookupGapFactor = 100
)

// currentValue returns the value, which may be a little old. It reports whether the value is known.
func (l *cachedLookup[T]) currentValue() (value T, is bool) {
	l.mu.Lock()
	if l.lookupDone == nil && !l.clock.RealNow().Before(l.nextLookup) && l.ctx.Err() == nil {
		l.lookupDone = make(chan struct{})
		go l.refresh()
	}
	looked := l.lookupDone
	l.mu.Unlock()
	if looked != nil {
		timer := time.NewTimer(maxCallerWait)
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

// refresh reads the value. After an error the value is not known any more.
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
