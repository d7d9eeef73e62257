package navigation

import "time"

// Idle measures how long a visitor did nothing, and how long the visit takes. It goes by
// the time that passes, whatever is done to the clock of a demo, and counts from the
// first Pass. The zero Idle is a desk at which nobody is.
type Idle struct {
	begun  bool // somebody is there
	now    time.Time
	since  time.Time // when they began; when nobody is there, when that began
	last   time.Time // they did something
	warned bool      // that the visit is about to end
	told   bool      // that the visit is almost at its longest
}

// Limits are how long a visitor may do nothing, and how long a visit may take.
type Limits struct {
	Idle   time.Duration // before they are asked whether they are still there
	Warned time.Duration // that they then have to answer
	Visit  time.Duration

	Silent  bool // there is nothing to lose: the visit ends without asking
	Waiting bool // the visitor waits for something, which is not being idle
}

// LastMinute is how long before its end a visitor is told that the visit is at its longest.
const LastMinute = time.Minute

// A Due is what comes if the visitor goes on doing nothing.
type Due int

const (
	Nothing        Due = iota
	Warn               // they are asked whether they are still there; the face says so by Warned
	TellLastMinute     // they are told that the visit is almost at its longest, and the face says so by Told
	EndSilently        // the visit ends, as they left the desk as they found it
	EndIdle            // the visit ends, as they did nothing
	EndTooLong         // the visit ends, as it took too long
)

// Pass has the time be now.
func (i *Idle) Pass(now time.Time) {
	if i.now.IsZero() {
		i.since, i.last = now, now
	}
	i.now = now
}

// Touch notes that the visitor did something.
func (i *Idle) Touch() {
	if !i.begun {
		i.begun, i.since = true, i.now
	}
	i.last, i.warned = i.now, false
}

// Postpone has the visitor not be idle until now, because it was they who waited.
func (i *Idle) Postpone() { i.last, i.warned = i.now, false }

// Renew begins a new visit of the one who is there, if anybody is.
func (i *Idle) Renew() { *i = Idle{begun: i.begun} }

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

// Warned notes that the visitor was asked whether they are still there.
func (i *Idle) Warned() { i.warned = true }

// IsWarned reports whether they were, and did nothing since.
func (i *Idle) IsWarned() bool { return i.warned }

// Told notes that the visitor was told of the last minute.
func (i *Idle) Told() { i.told = true }

// Left returns how long the visitor still has to answer the warning.
func (i *Idle) Left(l Limits) time.Duration {
	return max(i.last.Add(l.Idle+l.Warned).Sub(i.now), 0)
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
	if !i.begun {
		return Nothing, time.Time{}
	}
	end := i.since.Add(l.Visit)
	due, at = Warn, i.last.Add(l.Idle)
	switch {
	case l.Waiting:
		due, at = EndTooLong, end
	case l.Silent:
		due = EndSilently
	case i.warned:
		due, at = EndIdle, at.Add(l.Warned)
	}
	if minute := end.Add(-LastMinute); !i.told && minute.Before(at) {
		due, at = TellLastMinute, minute
	}
	if end.Before(at) {
		due, at = EndTooLong, end
	}
	return due, at
}
