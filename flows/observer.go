package flows

import "time"

// An Observer is told of what visitors do, in words of the tables alone: nothing
// that somebody typed, and nobody's name. It is called by many at once, and does
// not keep its caller waiting.
type Observer interface {
	// Stepped tells what came of a step, once that is committed, and how long the
	// work took, without any wait that the throttle or a Neutral step puts around it.
	Stepped(flow string, step State, outcome Outcome, took time.Duration)

	// Throttled tells that an answer is not looked at, or later than at once.
	Throttled(by Throttle)
}

// Throttle is what keeps an answer waiting.
type Throttle string

const (
	TooSoon Throttle = "too soon" // after a wrong one about the same subject
	Paused  Throttle = "paused"   // since there were many wrong ones at the terminal
	Rush    Throttle = "rush"     // since there are many wrong ones at all terminals together
)

// Throttles lists them.
var Throttles = []Throttle{TooSoon, Paused, Rush}

// throttles are those that are outcomes too.
var throttles = map[Outcome]Throttle{tooSoon: TooSoon, paused: Paused}

// observed tells the desk's observer what came of the step.
func (f *Flow) observed(outcome Outcome, took time.Duration) {
	if f.visit.Observer == nil {
		return
	}
	f.visit.Observer.Stepped(f.Name, f.at, outcome, took)
	if by, was := throttles[outcome]; was {
		throttledBy(f.visit.Desk, by)
	}
}

func throttledBy(d *Desk, by Throttle) {
	if d.Observer != nil {
		d.Observer.Throttled(by)
	}
}
