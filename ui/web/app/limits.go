package app

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits keep those who guess at codes, and those who flood, from the store. To look
// a code up takes little, so that only how many do so at once is bounded: a code that
// is known works whatever others do. What is noted of answers is written, and bounded
// by how often.
type limits struct {
	now       func() time.Time
	looking   chan struct{}       // full while as many look as may
	strangers crowd[netip.Prefix] // clients who come with codes that nobody knows
	answers   crowd[string]       // to one code, in its own form
	astray    crowd[string]       // to one code, in none of its own: they take nothing from the others
	unknown   *rate.Limiter       // answers to codes that nobody knows, which are noted all the same
}

// How much is let through, at once and in the long run.
const (
	looksAtOnce = 8
	longestLook = 5 * time.Second
)

func newLimits(now func() time.Time) *limits {
	return &limits{
		now:       now,
		looking:   make(chan struct{}, looksAtOnce),
		strangers: newCrowd[netip.Prefix](6*time.Second, 20),
		answers:   newCrowd[string](10*time.Second, 10),
		astray:    newCrowd[string](10*time.Second, 10),
		unknown:   rate.NewLimiter(rate.Every(3*time.Second), 20),
	}
}

// look waits for its turn to look something up. If it may, done must follow.
func (l *limits) look(ctx context.Context) (may bool) {
	ctx, cancel := context.WithTimeout(ctx, longestLook)
	defer cancel()
	select {
	case l.looking <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (l *limits) done() { <-l.looking }

// A crowd is many of whom each may do something so often.
type crowd[K comparable] struct {
	every time.Duration
	burst int

	mu    sync.Mutex
	by    map[K]*rate.Limiter
	rest  *rate.Limiter // of all for whom there is no room
	swept time.Time
}

// mostKept is of how many a crowd keeps what they did.
const mostKept = 4096

func newCrowd[K comparable](every time.Duration, burst int) crowd[K] {
	return crowd[K]{every: every, burst: burst, by: map[K]*rate.Limiter{}, rest: rate.NewLimiter(rate.Every(every), burst)}
}

// one finds what one of them did. c is locked.
func (c *crowd[K]) one(who K, now time.Time) *rate.Limiter {
	if l, known := c.by[who]; known {
		return l
	}
	c.sweep(now)
	if len(c.by) >= mostKept {
		return c.rest
	}
	l := rate.NewLimiter(rate.Every(c.every), c.burst)
	c.by[who] = l
	return l
}

// sweep forgets, now and then, those of whom nothing need be known.
func (c *crowd[K]) sweep(now time.Time) {
	if now.Sub(c.swept) < c.every {
		return
	}
	c.swept = now
	for who, l := range c.by {
		if l.TokensAt(now) >= float64(c.burst) {
			delete(c.by, who)
		}
	}
}

// may reports whether it is within what one of them may do, and counts it.
func (c *crowd[K]) may(who K, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.one(who, now).AllowN(now, 1)
}
