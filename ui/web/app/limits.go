package app

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits protect the store against floods, and codes against guessing. Looking up a code is
// cheap, so only the number of lookups at once is limited, and a known code works whatever
// other clients do. Answers write to the store, so their rate is limited.
type limits struct {
	now       func() time.Time
	looking   chan struct{}              // full while the greatest number of lookups run
	strangers rateLimiters[netip.Prefix] // of lookups of unknown codes, by client
	answers   rateLimiters[string]       // of answers from a code's own form, by code
	astray    rateLimiters[string]       // of other answers, by code, so that they use up no answers of the code
	unknown   *rate.Limiter              // of answers to unknown codes that are recorded
}

// Limits of lookups.
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

// beginLookup waits for a free lookup, and reports whether there was one in time. If so, the
// caller must call endLookup.
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

// A rateLimiters has a rate limiter for each key.
type rateLimiters[K comparable] struct {
	every time.Duration
	burst int

	mu    sync.Mutex
	by    map[K]*rate.Limiter
	rest  *rate.Limiter // shared by all keys beyond maxLimiters
	swept time.Time
}

// maxLimiters is the greatest number of keys with a limiter of their own.
const maxLimiters = 4096

func newRateLimiters[K comparable](every time.Duration, burst int) rateLimiters[K] {
	return rateLimiters[K]{every: every, burst: burst, by: map[K]*rate.Limiter{}, rest: rate.NewLimiter(rate.Every(every), burst)}
}

// limiterOf returns the limiter of a key. c must be locked.
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

// sweep removes, now and then, the limiters that are in their initial state. c must be locked.
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

// allow counts an event of a key, and reports whether it is within the limit.
func (c *rateLimiters[K]) allow(who K, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.limiterOf(who, now).AllowN(now, 1)
}
