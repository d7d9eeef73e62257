package limits

import (
	"context"
	"time"

	"golang.org/x/time/rate"
)

// TurnLimiter limits how often the server handles a visitor's input and draws the screen, which takes most of the server's
// time. Each visitor has enough turns for typing. A visitor who needs more, because of a mouse wheel or a flood of input,
// takes turns that all visitors share. So a flood does not slow down visitors who only type.
type TurnLimiter struct {
	ownLimiter    *rate.Limiter
	commonLimiter *rate.Limiter
	now           func() time.Time
}

// NewCommonLimiter returns the limiter of the turns that all visitors share. It allows the turns of two seconds at once.
func NewCommonLimiter(s Settings) *rate.Limiter {
	return rate.NewLimiter(rate.Limit(s.TurnsTogether), 2*s.TurnsTogether)
}

// NewTurnLimiter returns the limiter for one visitor. common is the limiter of the turns that all visitors share.
func NewTurnLimiter(s Settings, common *rate.Limiter, now func() time.Time) *TurnLimiter {
	return &TurnLimiter{rate.NewLimiter(rate.Limit(s.Turns), s.TurnsBurst), common, now}
}

// Wait waits until the visitor may take the given number of turns. It returns an error when ctx is done.
func (t *TurnLimiter) Wait(ctx context.Context, takes int) error {
	if t.ownLimiter.AllowN(t.now(), takes) {
		return nil
	}
	return t.commonLimiter.WaitN(ctx, min(takes, t.commonLimiter.Burst()))
}
