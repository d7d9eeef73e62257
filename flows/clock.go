package flows

import (
	"context"
	"sync/atomic"
	"time"
)

// A Clock tells the time and waits. In the demo it can be moved.
type Clock struct {
	now   func() time.Time
	wait  func(context.Context, time.Duration) error
	moved atomic.Int64
}

// NewClock gives the clock on the wall.
func NewClock() *Clock { return &Clock{now: time.Now, wait: sleep} }

// Now is the time, as far as the clock was moved.
func (c *Clock) Now() time.Time { return c.now().Add(time.Duration(c.moved.Load())) }

// Unmoved is the time by which to measure how long somebody takes, which moving
// the clock does not change.
func (c *Clock) Unmoved() time.Time { return c.now() }

// Move puts the clock forward.
func (c *Clock) Move(by time.Duration) { c.moved.Add(int64(by)) }

// Wait waits for d, if that is more than nothing, or until ctx is done.
func (c *Clock) Wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	return c.wait(ctx, d)
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
