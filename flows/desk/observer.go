package desk

import "time"

// An Observer is told what visitors do, for metrics. It receives only names of flows, steps and outcomes, and nothing that a
// visitor typed. Its methods may be called concurrently, and must not block.
type Observer interface {
	// ObserveStep is called after the commit of a step. took is the duration of the step, without the waits of the throttle.
	// The observer learns no more than the visitor: outcomes that visitors cannot tell apart are reported as one, and took
	// includes the delay that hides their difference.
	ObserveStep(flow string, step, outcome string, took time.Duration)

	// ObserveThrottle is called when the throttle refuses or delays an answer.
	ObserveThrottle(by ThrottleReason)
}

// ThrottleReason is the reason why the throttle refused or delayed an answer.
type ThrottleReason string

const (
	ThrottledSubject  ThrottleReason = "too soon" // ThrottledSubject follows a wrong answer about the same subject.
	ThrottledTerminal ThrottleReason = "paused"   // ThrottledTerminal follows many wrong answers at the terminal.
	ThrottledGlobally ThrottleReason = "rush"     // ThrottledGlobally applies while there are many wrong answers at all terminals together.
)

// Throttles lists all values of ThrottleReason.
var Throttles = []ThrottleReason{ThrottledSubject, ThrottledTerminal, ThrottledGlobally}
