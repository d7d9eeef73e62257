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
	now             func() time.Time
	lookupSlots     chan struct{}              // full while the greatest number of lookups run
	unknownByClient rateLimiters[netip.Prefix] // of lookups of unknown codes, by client
	answersByCode   rateLimiters[string]       // of answers from a code's own form, by code
	foreignByCode   rateLimiters[string]       // of other answers, by code, so that they use up no answers of the code
	unknownAnswers  *rate.Limiter              // of answers to unknown codes that are recorded
}

// Limits of lookups.
const (
	maxLookups    = 8
	lookupTimeout = 5 * time.Second
)

func newLimits(now func() time.Time) *limits {
	return &limits{
		now:             now,
		lookupSlots:     make(chan struct{}, maxLookups),
		unknownByClient: newRateLimiters[netip.Prefix](6*time.Second, 20),
		answersByCode:   newRateLimiters[string](10*time.Second, 10),
		foreignByCode:   newRateLimiters[string](10*time.Second, 10),
		unknownAnswers:  rate.NewLimiter(rate.Every(3*time.Second), 20),
	}
}

// beginLookup waits for a free lookup, and reports whether there was one in time. If so, the
// caller must call endLookup.
func (l *limits) beginLookup(ctx context.Context) (ok bool) {
	ctx, cancel := context.WithTimeout(ctx, lookupTimeout)
	defer cancel()
	select {
	case l.lookupSlots <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (l *limits) endLookup() { <-l.lookupSlots }

// A rateLimiters has a rate limiter for each key.
type rateLimiters[K comparable] struct {
	every time.Duration
	burst int

	mu       sync.Mutex
	limiters map[K]*rate.Limiter
	overflow *rate.Limiter // shared by all keys beyond maxLimiters
	sweptAt  time.Time
}

// maxLimiters is the greatest number of keys with a limiter of their own.
const maxLimiters = 4096

func newRateLimiters[K comparable](every time.Duration, burst int) rateLimiters[K] {
	return rateLimiters[K]{every: every, burst: burst, limiters: map[K]*rate.Limiter{}, overflow: rate.NewLimiter(rate.Every(every), burst)}
}

// limiterOf returns the limiter of a key. c must be locked.
func (c *rateLimiters[K]) limiterOf(key K, now time.Time) *rate.Limiter {
	if l, known := c.limiters[key]; known {
		return l
	}
	c.sweep(now)
	if len(c.limiters) >= maxLimiters {
		return c.overflow
	}
	l := rate.NewLimiter(rate.Every(c.every), c.burst)
	c.limiters[key] = l
	return l
}

// sweep removes, now and then, the limiters that are in their initial state. c must be locked.
func (c *rateLimiters[K]) sweep(now time.Time) {
	if now.Sub(c.sweptAt) < c.every {
		return
	}
	c.sweptAt = now
	for key, l := range c.limiters {
		if l.TokensAt(now) >= float64(c.burst) {
			delete(c.limiters, key)
		}
	}
}

// allow counts an event of a key, and reports whether it is within the limit.
func (c *rateLimiters[K]) allow(key K, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.limiterOf(key, now).AllowN(now, 1)
}
