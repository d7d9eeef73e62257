package ssh

import (
	"context"
	"time"

	"golang.org/x/time/rate"
)

// pace is how often it is a visitor's turn to have something done, which is drawn
// then: that is what takes time. Each has turns of their own, for typing. Who wants
// more, because they turn a wheel or flood the desk, takes from what there are for
// all together. So a flood slows down those who make it, and nobody who just types.
type pace struct {
	own    *rate.Limiter
	common *rate.Limiter
	now    func() time.Time
}

// common are the turns for all together, as many at once as in two seconds.
func common(l Limits) *rate.Limiter {
	return rate.NewLimiter(rate.Limit(l.TurnsTogether), 2*l.TurnsTogether)
}

func newPace(l Limits, common *rate.Limiter, now func() time.Time) *pace {
	return &pace{rate.NewLimiter(rate.Limit(l.Turns), l.TurnsBurst), common, now}
}

// turn waits until it is the visitor's turn for something that takes so many, or
// fails once ctx is done.
func (p *pace) turn(ctx context.Context, takes int) error {
	if p.own.AllowN(p.now(), takes) {
		return nil
	}
	return p.common.WaitN(ctx, min(takes, p.common.Burst()))
}
