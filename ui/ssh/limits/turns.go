package limits

import (
	"context"
	"time"

	"golang.org/x/time/rate"
)

// RateTurns are how often something is done for a visitor, and drawn then: that is what takes
// time. Each has turns of their own, for typing. Visitors that need more, because they
// turn a wheel or flood the desk, take from what there are for all together. So a flood
// slows down those that make it, and nobody who just types.
type RateTurns struct {
	own    *rate.Limiter
	common *rate.Limiter
	now    func() time.Time
}

// NewCommonTurns are those for all together, as many at once as in two seconds.
func NewCommonTurns(s Settings) *rate.Limiter {
	return rate.NewLimiter(rate.Limit(s.TurnsTogether), 2*s.TurnsTogether)
}

// NewRateTurns returns those of one visitor.
func NewRateTurns(s Settings, common *rate.Limiter, now func() time.Time) *RateTurns {
	return &RateTurns{rate.NewLimiter(rate.Limit(s.Turns), s.TurnsBurst), common, now}
}

// Wait waits until it is the visitor's turn for something that takes so many turns, or
// fails once ctx is done.
func (t *RateTurns) Wait(ctx context.Context, takes int) error {
	if t.own.AllowN(t.now(), takes) {
		return nil
	}
	return t.common.WaitN(ctx, min(takes, t.common.Burst()))
}
