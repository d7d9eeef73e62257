package navigation

import (
	"time"

	"loket/flows/flow"
)

// Idle measures how long a visitor did nothing, and how long the visit takes. It uses real
// time, even if a visitor moves the clock of a demo, and counts from the first SetNow. The
// zero value is a desk without a visitor.
type Idle struct {
	hasVisitor     bool // a visitor is there
	now            time.Time
	periodStart    time.Time // start of the visit, or of its extension; without a visitor, since when the desk is empty
	lastActivity   time.Time // last activity of the visitor
	speechEnd      time.Time // when a screen reader can have read out everything that was written
	warnedAt       time.Time // when the visitor was warned; zero after the visitor did something
	isAtVisitLimit bool      // the warning came because the visit reached its limit
}

// Limits are how long a visitor may do nothing, and how long a visit may take.
type Limits struct {
	Idle       time.Duration // without activity, before the warning
	AnswerTime time.Duration // to answer the warning
	Visit      time.Duration // of a visit, before the warning comes in spite of activity

	NothingToLose bool // the visitor has nothing to lose, and the visit ends without a warning
	IsWaiting     bool // the visitor waits for something, and so is not idle
}

// LimitsOf returns the limits of a visit.
func LimitsOf(v *flow.Visit) Limits {
	return Limits{Idle: v.IdleLimit(), AnswerTime: v.AnswerTime(), Visit: v.Extend(v.Settings.Visit)}
}

// wordsPerMinute is the speed of slow but usual speech.
const wordsPerMinute = 120

// A DueAction is what must happen if the visitor goes on doing nothing.
type DueAction int

const (
	NothingDue  DueAction = iota
	Warn                  // the face asks whether the visitor is still there, and calls MarkWarned
	EndSilently           // the visit ends without a warning, because the visitor has nothing to lose
	EndIdle               // the visit ends, because the visitor did nothing
	EndTooLong            // the visit ends, because it reached its limit and the visitor did not answer
)

// SetNow sets the current time.
func (i *Idle) SetNow(now time.Time) {
	if i.now.IsZero() {
		i.periodStart, i.lastActivity = now, now
	}
	i.now = now
}

// RecordActivity records that the visitor did something. It reports whether that extended a visit
// that had reached its limit.
func (i *Idle) RecordActivity() (extended bool) {
	if !i.hasVisitor || i.isAtVisitLimit {
		extended = i.hasVisitor
		i.hasVisitor, i.periodStart = true, i.now
	}
	i.lastActivity, i.speechEnd, i.warnedAt, i.isAtVisitLimit = i.now, time.Time{}, time.Time{}, false
	return extended
}

// RecordSpeech records that so many words were written to the visitor. The visitor is not idle until
// a screen reader can have read them out.
func (i *Idle) RecordSpeech(words int) {
	i.speechEnd = laterOf(i.speechEnd, i.now).Add(time.Duration(words) * time.Minute / wordsPerMinute)
}

// Postpone counts idle time from now on, because until now the visitor waited for the desk.
func (i *Idle) Postpone() {
	if i.lastActivity = i.now; !i.isAtVisitLimit {
		i.warnedAt = time.Time{}
	}
}

// RestartVisit begins a new visit of the same visitor, if a visitor is there.
func (i *Idle) RestartVisit() { *i = Idle{hasVisitor: i.hasVisitor} }

// HasVisitor reports whether a visitor is there.
func (i *Idle) HasVisitor() bool { return i.hasVisitor }

// Now returns the time that was last set.
func (i *Idle) Now() time.Time { return i.now }

// UnattendedTime returns how long the desk has been without a visitor, or 0 if a visitor is there.
func (i *Idle) UnattendedTime() time.Duration {
	if i.hasVisitor {
		return 0
	}
	return i.now.Sub(i.periodStart)
}

// MarkWarned records that the visitor was warned now.
func (i *Idle) MarkWarned(l Limits) {
	i.warnedAt, i.isAtVisitLimit = i.now, !i.now.Before(i.periodStart.Add(l.Visit))
}

// IsWarned reports whether the visitor was warned and did nothing since.
func (i *Idle) IsWarned() bool { return !i.warnedAt.IsZero() }

// TimeLeft returns how much time the visitor has left to answer the warning.
func (i *Idle) TimeLeft(l Limits) time.Duration {
	return max(i.answerDeadline(l).Sub(i.now), 0)
}

// answerDeadline returns when the time to answer the warning is over.
func (i *Idle) answerDeadline(l Limits) time.Time {
	return laterOf(i.warnedAt, i.speechEnd).Add(l.AnswerTime)
}

// DueNow returns what must happen now. Without a visitor no action is due.
func (i *Idle) DueNow(l Limits) DueAction {
	if due, at := i.NextDue(l); !at.After(i.now) {
		return due
	}
	return NothingDue
}

// NextDue returns what must happen next if the visitor does nothing, and when. Without a visitor
// no action is due.
func (i *Idle) NextDue(l Limits) (due DueAction, at time.Time) {
	switch {
	case !i.hasVisitor:
		return NothingDue, time.Time{}
	case i.IsWarned() && i.isAtVisitLimit:
		return EndTooLong, i.answerDeadline(l)
	case i.IsWarned():
		return EndIdle, i.answerDeadline(l)
	}
	due, at = Warn, laterOf(i.lastActivity, i.speechEnd).Add(l.Idle)
	if l.NothingToLose {
		due = EndSilently
	}
	if longest := i.periodStart.Add(l.Visit); l.IsWaiting || longest.Before(at) {
		due, at = Warn, longest
	}
	return due, at
}

func laterOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
