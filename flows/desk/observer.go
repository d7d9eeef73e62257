package desk

import "time"

// An Observer gets what visitors do, for metrics. It gets only words of the tables, and nothing
// that a visitor typed. Its methods may be called concurrently, and must not block.
type Observer interface {
	// ObserveStep gets the outcome of a step after its commit, and how long the step took without
	// the waits of the throttle. It gets no more than the visitor sees: outcomes that must not
	// be told apart are one outcome, and took holds the delay that hides their difference.
	ObserveStep(flow string, step, outcome string, took time.Duration)

	// ObserveThrottle is called when the throttle refuses or delays an answer.
	ObserveThrottle(by Throttle)
}

// Throttle is the reason why an answer was refused or delayed.
type Throttle string

const (
	ThrottledSubject  Throttle = "too soon" // after a wrong answer about the same subject
	ThrottledTerminal Throttle = "paused"   // after many wrong answers at the terminal
	ThrottledGlobally Throttle = "rush"     // during many wrong answers at all terminals together
)

// Throttles lists all values of Throttle.
var Throttles = []Throttle{ThrottledSubject, ThrottledTerminal, ThrottledGlobally}
