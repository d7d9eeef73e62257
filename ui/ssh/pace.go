package ssh

import (
	"context"
	"time"

	"golang.org/x/time/rate"
)

// pace is how fast a visitor may have the desk do something. Each has an allowance
// of their own, for typing; who wants more, because they turn a wheel, paste without
// their terminal telling so, or flood the desk, takes from what there is for all
// together. So a flood slows down those who make it, and nobody who just types.
type pace struct {
	own    *rate.Limiter
	common *rate.Limiter
	now    func() time.Time
}

// common is what there is for all together, as much at once as in two seconds.
func common(l Limits) *rate.Limiter {
	return rate.NewLimiter(rate.Limit(l.InputTogether), 2*l.InputTogether)
}

func newPace(l Limits, common *rate.Limiter, now func() time.Time) *pace {
	return &pace{rate.NewLimiter(rate.Limit(l.InputRate), l.InputBurst), common, now}
}

// wait waits until something that is as much work as so many keys may be done.
func (p *pace) wait(ctx context.Context, work int) error {
	if p.own.AllowN(p.now(), work) {
		return nil
	}
	return p.common.WaitN(ctx, min(work, p.common.Burst()))
}
