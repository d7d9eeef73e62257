// Package clock is what everything at the desk takes the time from, so that tests
// can set it and a visitor of the demo can move it.
//
// It stands on nothing else of the desk. Start at Clock. A clock that was anchored is not
// believed for what it says alone: see belief.go.
package clock

import (
	"context"
	"sync/atomic"
	"time"
)

// A Clock tells the time and waits. In the demo it can be moved.
type Clock struct {
	read   func() time.Time
	sleep  func(context.Context, time.Duration) error
	kernel func() (says time.Time, synchronised bool)
	moved  atomic.Int64
	belief atomic.Pointer[belief]
}

// New returns the clock on the wall.
func New() *Clock { return Of(time.Now, sleep).VouchedBy(kernel) }

// Of returns a clock that reads the time by now, and waits by wait. Nobody vouches
// for it.
func Of(now func() time.Time, wait func(context.Context, time.Duration) error) *Clock {
	return &Clock{read: now, sleep: wait, kernel: func() (time.Time, bool) { return time.Time{}, false }}
}

// VouchedBy has kernel say what time it is, and whether something outside the machine
// keeps that right. It is to be called before c is used.
func (c *Clock) VouchedBy(kernel func() (says time.Time, synchronised bool)) *Clock {
	c.kernel = kernel
	return c
}

// Now is the time to go by: what the machine says, as far as the clock was moved, or
// the believed moment while the machine is behind that.
func (c *Clock) Now() time.Time {
	now, _ := c.Judge()
	return now
}

// Machine is what the clock of the machine says, believed or not, as far as it was
// moved.
func (c *Clock) Machine() time.Time { return c.read().Add(time.Duration(c.moved.Load())) }

// RealNow is the time by which to measure how long somebody takes, which moving
// the clock does not change.
func (c *Clock) RealNow() time.Time { return c.read() }

// Mark is an instant from which to measure with time.Since: by the monotonic clock of
// the machine itself, which nobody can set, whatever the clock reads.
func Mark() time.Time { return time.Now() }

// Advance puts the clock forward.
func (c *Clock) Advance(by time.Duration) { c.moved.Add(int64(by)) }

// Wait waits for d, if that is more than nothing, or until ctx is done.
func (c *Clock) Wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	return c.sleep(ctx, d)
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
