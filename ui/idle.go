package ui

import "time"

// idle measures how long the visitor did nothing, and how long the visit takes.
// It counts the time that passes, so that a demo whose clock is moved by a day
// does not end.
type idle struct {
	begun       bool          // somebody is there
	alone       time.Duration // nobody was there
	quiet       time.Duration
	total       time.Duration
	since       time.Duration // the visit was last seen to stand
	warnedOfEnd bool          // that the visit is almost at its longest
	lastTick    time.Time
}

// touch notes that the visitor did something.
func (i *idle) touch() { i.begun, i.alone, i.quiet = true, 0, 0 }

// pass counts the time since the last tick.
func (i *idle) pass(now time.Time) {
	passed := now.Sub(i.lastTick)
	if i.lastTick.IsZero() {
		passed = 0
	}
	i.lastTick = now
	if !i.begun {
		i.alone += passed
		return
	}
	i.quiet += passed
	i.total += passed
	i.since += passed
}
