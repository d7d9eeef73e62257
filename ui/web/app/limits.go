package app

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits protect the store against floods of requests, and codes against guessing. Looking up a code is cheap, so only the
// number of concurrent lookups is limited, and a known code works whatever other clients do. Answers cause writes to the
// store, so their rate is limited.
type limits struct {
	now                  func() time.Time
	lookupSlots          chan struct{}              // lookupSlots is full while maxLookups lookups are running.
	unknownCodesByClient rateLimiters[netip.Prefix] // unknownCodesByClient limits the lookups of unknown codes by each client.
	answersByCode        rateLimiters[string]       // answersByCode limits the answers to each code that come from the code's own form.
	// foreignAnswersByCode limits the other answers to each code, so that they do not use up the limit of the code's own form.
	foreignAnswersByCode rateLimiters[string]
	unknownAnswers       *rate.Limiter // unknownAnswers limits the answers to unknown codes that are recorded in the audit log.
}

// The limits of lookups.
const (
	maxLookups    = 8
	lookupTimeout = 5 * time.Second
)

func newLimits(now func() time.Time) *limits {
	return &limits{
		now:                  now,
		lookupSlots:          make(chan struct{}, maxLookups),
		unknownCodesByClient: newRateLimiters[netip.Prefix](6*time.Second, 20),
		answersByCode:        newRateLimiters[string](10*time.Second, 10),
		foreignAnswersByCode: newRateLimiters[string](10*time.Second, 10),
		unknownAnswers:       rate.NewLimiter(rate.Every(3*time.Second), 20),
	}
}

// beginLookup waits until fewer than maxLookups lookups are running, and reports whether that happened within lookupTimeout.
// If so, the caller must call endLookup.
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

// A rateLimiters has a separate rate limiter for each key.
type rateLimiters[K comparable] struct {
	interval time.Duration
	burst    int

	mu       sync.Mutex
	limiters map[K]*rate.Limiter
	overflow *rate.Limiter // overflow is shared by all keys in excess of maxLimiters.
	sweptAt  time.Time
}

// maxLimiters is the largest number of keys that have a rate limiter of their own.
const maxLimiters = 4096

func newRateLimiters[K comparable](every time.Duration, burst int) rateLimiters[K] {
	return rateLimiters[K]{interval: every, burst: burst, limiters: map[K]*rate.Limiter{}, overflow: rate.NewLimiter(rate.Every(every), burst)}
}

// limiterForKey returns the rate limiter of a key. The caller must hold c.mu.
func (c *rateLimiters[K]) limiterForKey(key K, now time.Time) *rate.Limiter {
	if l, known := c.limiters[key]; known {
		return l
	}
	c.sweepLimiters(now)
	if len(c.limiters) >= maxLimiters {
		return c.overflow
	}
	l := rate.NewLimiter(rate.Every(c.interval), c.burst)
	c.limiters[key] = l
	return l
}

// sweepLimiters removes the limiters whose keys have had no recent events, at most once in each interval of the limit. The caller must
// hold c.mu.
func (c *rateLimiters[K]) sweepLimiters(now time.Time) {
	if now.Sub(c.sweptAt) < c.interval {
		return
	}
	c.sweptAt = now
	for key, l := range c.limiters {
		if l.TokensAt(now) >= float64(c.burst) {
			delete(c.limiters, key)
		}
	}
}

// allow counts an event of a key, and reports whether the event is within the limit.
func (c *rateLimiters[K]) allow(key K, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.limiterForKey(key, now).AllowN(now, 1)
}
