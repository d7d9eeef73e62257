package navigation

import "time"

// Idle measures how long a visitor did nothing, and how long the visit takes. It uses real
// time, even if a visitor moves the clock of a demo, and counts from the first SetNow. The
// zero value is a desk without a visitor.
type Idle struct {
	begun bool // a visitor is there
	now   time.Time
	since time.Time // start of the visit, or of its extension; without a visitor, since when the desk is empty
	last  time.Time // last activity of the visitor
	heard time.Time // when a screen reader can have read out everything that was written
	asked time.Time // when the visitor was warned; zero after the visitor did something
	long  bool      // the warning came because the visit reached its limit
	slow  bool      // the visitor chose more time
}

// Limits are how long a visitor may do nothing, and how long a visit may take.
type Limits struct {
	Idle   time.Duration // without activity, before the warning
	Warned time.Duration // to answer the warning
	Visit  time.Duration // of a visit, before the warning comes in spite of activity

	Silent  bool // the visitor has nothing to lose, and the visit ends without a warning
	Waiting bool // the visitor waits for something, and so is not idle
}

// For a visitor who chose more time: the factor by which limits are longer, and the least time
// to answer a warning.
const (
	slowTimes  = 3
	slowWarned = 2 * time.Minute
)

// wordsPerMinute is the speed of slow but usual speech.
const wordsPerMinute = 120

// A Due is what must happen if the visitor goes on doing nothing.
type Due int

const (
	Nothing     Due = iota
	Warn            // the face asks whether the visitor is still there, and calls MarkWarned
	EndSilently     // the visit ends without a warning, because the visitor has nothing to lose
	EndIdle         // the visit ends, because the visitor did nothing
	EndTooLong      // the visit ends, because it reached its limit and the visitor did not answer
)

// SetNow sets the current time.
func (i *Idle) SetNow(now time.Time) {
	if i.now.IsZero() {
		i.since, i.last = now, now
	}
	i.now = now
}

// Touch records that the visitor did something. It reports whether that extended a visit
// that had reached its limit.
func (i *Idle) Touch() (extended bool) {
	if !i.begun || i.long {
		extended = i.begun
		i.begun, i.since = true, i.now
	}
	i.last, i.heard, i.asked, i.long = i.now, time.Time{}, time.Time{}, false
	return extended
}

// Say records that so many words were written to the visitor. The visitor is not idle until
// a screen reader can have read them out.
func (i *Idle) Say(words int) {
	i.heard = latest(i.heard, i.now).Add(time.Duration(words) * time.Minute / wordsPerMinute)
}

// Postpone counts idle time from now on, because until now the visitor waited for the desk.
func (i *Idle) Postpone() {
	if i.last = i.now; !i.long {
		i.asked = time.Time{}
	}
}

// Renew begins a new visit of the same visitor, if a visitor is there.
func (i *Idle) Renew() { *i = Idle{begun: i.begun, slow: i.slow} }

// Begun reports whether a visitor is there.
func (i *Idle) Begun() bool { return i.begun }

// Now returns the time that was last set.
func (i *Idle) Now() time.Time { return i.now }

// Alone returns how long the desk has been without a visitor, or 0 if a visitor is there.
func (i *Idle) Alone() time.Duration {
	if i.begun {
		return 0
	}
	return i.now.Sub(i.since)
}

// SlowDown gives the visitor more time until the visit ends, or the usual time again.
func (i *Idle) SlowDown() { i.slow = !i.slow }

// Slow reports whether the visitor chose more time.
func (i *Idle) Slow() bool { return i.slow }

// MarkWarned records that the visitor was warned now.
func (i *Idle) MarkWarned(l Limits) {
	i.asked, i.long = i.now, !i.now.Before(i.since.Add(i.paced(l).Visit))
}

// IsWarned reports whether the visitor was warned and did nothing since.
func (i *Idle) IsWarned() bool { return !i.asked.IsZero() }

// TimeLeft returns how much time the visitor has left to answer the warning.
func (i *Idle) TimeLeft(l Limits) time.Duration { return max(i.end(i.paced(l)).Sub(i.now), 0) }

// end returns when the time to answer the warning is over.
func (i *Idle) end(l Limits) time.Time { return latest(i.asked, i.heard).Add(l.Warned) }

// paced returns the limits, longer if the visitor chose more time.
func (i *Idle) paced(l Limits) Limits {
	if i.slow {
		l.Idle, l.Warned, l.Visit = slowTimes*l.Idle, max(l.Warned, slowWarned), slowTimes*l.Visit
	}
	return l
}

// Due returns what must happen now. Without a visitor no action is due.
func (i *Idle) Due(l Limits) Due {
	if due, at := i.Next(l); !at.After(i.now) {
		return due
	}
	return Nothing
}

// Next returns what must happen next if the visitor does nothing, and when. Without a visitor
// no action is due.
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
