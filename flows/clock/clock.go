// Package clock is the desk's only source of the current time, so that tests can set the time and visitors of the demo can
// move it forward. It imports nothing else of the desk.
//
// Start at Clock. A clock with a reference time checks whether the machine's time is plausible: see reference.go.
package clock

import (
	"context"
	"sync/atomic"
	"time"
)

// A Clock tells the time and waits. The demo can move it forward.
type Clock struct {
	readTime   func() time.Time
	sleep      func(context.Context, time.Duration) error
	readKernel func() (says time.Time, synchronised bool)
	offset     atomic.Int64
	reference  atomic.Pointer[referenceTime]
}

// New returns a clock that reads the machine's time.
func New() *Clock { return NewFromFuncs(time.Now, sleep).SetKernelClock(readKernelClock) }

// NewFromFuncs returns a clock that reads the time with now, and waits with wait. The clock counts as not synchronised.
func NewFromFuncs(now func() time.Time, wait func(context.Context, time.Duration) error) *Clock {
	return &Clock{readTime: now, sleep: wait, readKernel: func() (time.Time, bool) { return time.Time{}, false }}
}

// SetKernelClock sets the function that reads the kernel's clock and reports whether a time server keeps that clock right. It
// must be called before c is used.
func (c *Clock) SetKernelClock(kernel func() (says time.Time, synchronised bool)) *Clock {
	c.readKernel = kernel
	return c
}

// Now returns the time that the desk works with. It is the machine's time, or the reference time if the machine's clock is
// behind.
func (c *Clock) Now() time.Time {
	now, _ := c.NowAndStatus()
	return now
}

// MachineNow returns the machine's time plus the offset of Advance, even if the time is not plausible.
func (c *Clock) MachineNow() time.Time { return c.readTime().Add(time.Duration(c.offset.Load())) }

// RealNow returns the machine's time without the offset of Advance. It serves to measure durations.
func (c *Clock) RealNow() time.Time { return c.readTime() }

// MonotonicNow returns an instant for time.Since, which then measures with the monotonic clock. Nobody can set the monotonic
// clock.
func MonotonicNow() time.Time { return time.Now() }

// Advance moves the clock forward.
func (c *Clock) Advance(by time.Duration) { c.offset.Add(int64(by)) }

// Wait waits for d, or until ctx is done. It returns at once if d is zero or negative.
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
