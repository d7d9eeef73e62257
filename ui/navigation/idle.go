package navigation

import "time"

// Idle measures how long a visitor did nothing, and how long the visit takes. It goes by
// the time that passes, whatever is done to the clock of a demo, and counts from the
// first Pass. The zero Idle is a desk at which nobody is.
type Idle struct {
	begun bool // somebody is there
	now   time.Time
	since time.Time // when they began, or were last asked about a long visit; when nobody is there, when that began
	last  time.Time // they did something
	heard time.Time // when what was said to them can have been heard
	asked time.Time // when they were asked whether they are still there; zero once they did something
	long  bool      // they were asked because the visit is at its longest
	slow  bool      // they take their time
}

// Limits are how long a visitor may do nothing, and how long a visit may take.
type Limits struct {
	Idle   time.Duration // before they are asked whether they are still there
	Warned time.Duration // that they then have to answer
	Visit  time.Duration // before they are asked, whatever they did

	Silent  bool // there is nothing to lose: the visit ends without asking
	Waiting bool // the visitor waits for something, which is not being idle
}

// For a visitor who takes their time, limits are so many times as long, and there is so much
// time to answer at least.
const (
	slowTimes  = 3
	slowWarned = 2 * time.Minute
)

// wordsPerMinute is how fast the slowest of usual speech is heard.
const wordsPerMinute = 120

// A Due is what comes if the visitor goes on doing nothing.
type Due int

const (
	Nothing     Due = iota
	Warn            // they are asked whether they are still there; the face says so by Warned
	EndSilently     // the visit ends, as they left the desk as they found it
	EndIdle         // the visit ends, as they did nothing
	EndTooLong      // the visit ends, as it was at its longest and nobody wanted more time
)

// SetNow has the time be now.
func (i *Idle) SetNow(now time.Time) {
	if i.now.IsZero() {
		i.since, i.last = now, now
	}
	i.now = now
}

// Touch notes that the visitor did something. It reports whether that gave them more time
// for a visit that was at its longest.
func (i *Idle) Touch() (extended bool) {
	if !i.begun || i.long {
		extended = i.begun
		i.begun, i.since = true, i.now
	}
	i.last, i.heard, i.asked, i.long = i.now, time.Time{}, time.Time{}, false
	return extended
}

// Say has so many words be said to the visitor, who is not idle before they can have heard
// what was said.
func (i *Idle) Say(words int) {
	i.heard = latest(i.heard, i.now).Add(time.Duration(words) * time.Minute / wordsPerMinute)
}

// Postpone has the visitor not be idle until now, because it was they who waited.
func (i *Idle) Postpone() {
	if i.last = i.now; !i.long {
		i.asked = time.Time{}
	}
}

// Renew begins a new visit of the one who is there, if anybody is.
func (i *Idle) Renew() { *i = Idle{begun: i.begun, slow: i.slow} }

// Begun reports whether somebody is there.
func (i *Idle) Begun() bool { return i.begun }

// Now returns what was passed last.
func (i *Idle) Now() time.Time { return i.now }

// Alone returns how long nobody was there.
func (i *Idle) Alone() time.Duration {
	if i.begun {
		return 0
	}
	return i.now.Sub(i.since)
}

// SlowDown has the visitor take their time until the visit ends, or no longer do so.
func (i *Idle) SlowDown() { i.slow = !i.slow }

// Slow reports whether they do.
func (i *Idle) Slow() bool { return i.slow }

// MarkWarned notes that the visitor was asked whether they are still there.
func (i *Idle) MarkWarned(l Limits) {
	i.asked, i.long = i.now, !i.now.Before(i.since.Add(i.paced(l).Visit))
}

// IsWarned reports whether they were, and did nothing since.
func (i *Idle) IsWarned() bool { return !i.asked.IsZero() }

// TimeLeft returns how long the visitor still has to answer the warning.
func (i *Idle) TimeLeft(l Limits) time.Duration { return max(i.end(i.paced(l)).Sub(i.now), 0) }

// end is when a visitor who was warned has not answered.
func (i *Idle) end(l Limits) time.Time { return latest(i.asked, i.heard).Add(l.Warned) }

// paced are the limits as the visitor takes their time.
func (i *Idle) paced(l Limits) Limits {
	if i.slow {
		l.Idle, l.Warned, l.Visit = slowTimes*l.Idle, max(l.Warned, slowWarned), slowTimes*l.Visit
	}
	return l
}

// Due returns what is due now. It is Nothing as long as nobody is there.
func (i *Idle) Due(l Limits) Due {
	if due, at := i.Next(l); !at.After(i.now) {
		return due
	}
	return Nothing
}

// Next returns what comes next, and when. It is Nothing as long as nobody is there.
func (i *Idle) Next(l Limits) (due Due, at time.Time) {
	l = i.paced(l)
	switch {
	case !i.begun:
		return Nothing, time.Time{}
	case i.IsWarned() && i.long:
		return EndTooLong, i.end(l)
	case i.IsWarned():
		return EndIdle, i.end(l)
	}
	due, at = Warn, latest(i.last, i.heard).Add(l.Idle)
	if l.Silent {
		due = EndSilently
	}
	if longest := i.since.Add(l.Visit); l.Waiting || longest.Before(at) {
		due, at = Warn, longest
	}
	return due, at
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
