package desk

import "time"

// An Observer is told of what visitors do, in words of the tables alone: nothing
// that somebody typed, and nobody's name. It is called by many at once, and does
// not keep its caller waiting.
type Observer interface {
	// Stepped is told what came of a step, once that is committed, and how long the
	// work took, without any wait that the throttle puts around it. It is told no more
	// than the visitor sees: outcomes that must not be told apart are one, and they
	// took as long as they seemed to.
	Stepped(flow string, step, outcome string, took time.Duration)

	// Throttled is told that an answer is not looked at, or later than at once.
	Throttled(by Throttle)
}

// Throttle is what keeps an answer waiting.
type Throttle string

const (
	TooSoon    Throttle = "too soon" // after a wrong one about the same subject
	Paused     Throttle = "paused"   // because there were many wrong ones at the terminal
	GlobalRate Throttle = "rush"     // because there are many wrong ones at all terminals together
)

// Throttles lists them.
var Throttles = []Throttle{TooSoon, Paused, GlobalRate}
