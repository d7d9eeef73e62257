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
	looking   chan struct{}              // full while as many look as may
	strangers rateLimiters[netip.Prefix] // clients who come with codes that nobody knows
	answers   rateLimiters[string]       // to one code, in its own form
	astray    rateLimiters[string]       // to one code, in none of its own: they take nothing from the others
	unknown   *rate.Limiter              // answers to codes that nobody knows, which are noted all the same
}

// How much is let through, at once and in the long run.
const (
	maxLookups    = 8
	lookupTimeout = 5 * time.Second
)

func newLimits(now func() time.Time) *limits {
	return &limits{
		now:       now,
		looking:   make(chan struct{}, maxLookups),
		strangers: newRateLimiters[netip.Prefix](6*time.Second, 20),
		answers:   newRateLimiters[string](10*time.Second, 10),
		astray:    newRateLimiters[string](10*time.Second, 10),
		unknown:   rate.NewLimiter(rate.Every(3*time.Second), 20),
	}
}

// beginLookup waits for its turn to look something up. If it may, done must follow.
func (l *limits) beginLookup(ctx context.Context) (may bool) {
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	select {
	case l.looking <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (l *limits) endLookup() { <-l.looking }

// A rateLimiters is many of whom each may do something so often.
type rateLimiters[K comparable] struct {
	every time.Duration
	burst int

	mu    sync.Mutex
	by    map[K]*rate.Limiter
	rest  *rate.Limiter // of all for whom there is no room
	swept time.Time
}

// maxLimiters is of how many a crowd keeps what they did.
const maxLimiters = 4096

func newRateLimiters[K comparable](every time.Duration, burst int) rateLimiters[K] {
	return rateLimiters[K]{every: every, burst: burst, by: map[K]*rate.Limiter{}, rest: rate.NewLimiter(rate.Every(every), burst)}
}

// limiterOf finds what one of them did. c is locked.
func (c *rateLimiters[K]) limiterOf(who K, now time.Time) *rate.Limiter {
	if l, known := c.by[who]; known {
		return l
	}
	c.sweep(now)
	if len(c.by) >= maxLimiters {
		return c.rest
	}
	l := rate.NewLimiter(rate.Every(c.every), c.burst)
	c.by[who] = l
	return l
}

// sweep forgets, now and then, those of whom nothing need be known.
func (c *rateLimiters[K]) sweep(now time.Time) {
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

// allow reports whether it is within what one of them may do, and counts it.
func (c *rateLimiters[K]) allow(who K, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.limiterOf(who, now).AllowN(now, 1)
}
