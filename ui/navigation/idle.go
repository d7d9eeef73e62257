package navigation

import (
	"time"

	"loket/flows/flow"
)

// IdleTimer measures how long a visitor has done nothing, and how long the visit takes. It uses real time, even if a visitor moves
// the clock of a demo. It starts at the first SetNow. The zero value is a desk without a visitor.
type IdleTimer struct {
	hasVisitor bool // hasVisitor is true if a visitor is at the desk.
	now        time.Time
	// periodStart is when the visit, or the extension of the visit, began. Without a visitor it is when the desk became empty.
	// periodStart is when the visit, or the extension of the visit, began. Without a visitor it is when the desk became empty.
	periodStart  time.Time
	lastActivity time.Time // lastActivity is when the visitor last did something.
	speechEnd    time.Time // speechEnd is when a screen reader will have read out all text.
	// warnedAt is when the visitor was warned. It is zero if the visitor did something after the warning.
	// warnedAt is when the visitor was warned. It is zero if the visitor did something after the warning.
	warnedAt       time.Time
	isAtVisitLimit bool // isAtVisitLimit is true if the visitor was warned because the visit has reached its limit.
}

// Limits are the time limits of a visit.
type Limits struct {
	Idle       time.Duration // Idle is how long the visitor may do nothing before the warning.
	AnswerTime time.Duration // AnswerTime is how long the visitor has to answer the warning.
	Visit      time.Duration // Visit is how long a visit may take before the warning, whether or not the visitor is active.

	NothingToLose bool // NothingToLose is true if the visitor would lose nothing, so that the visit can end without a warning.
	IsWaiting     bool // IsWaiting is true if the visitor waits for the desk or for a phone, and so is not idle.
}

// VisitTimeLimits returns the time limits of a visit.
func VisitTimeLimits(v *flow.Visit) Limits {
	return Limits{Idle: v.IdleLimit(), AnswerTime: v.WarningAnswerTime(), Visit: v.ExtendTimeLimit(v.Settings.Visit)}
}

// wordsPerMinute is the speed of a screen reader that speaks slowly.
const wordsPerMinute = 120

// A DueAction is an action that must happen if the visitor continues to do nothing.
type DueAction int

const (
	NothingDue       DueAction = iota
	WarnVisitor                // WarnVisitor means that the interface asks whether the visitor is still there, and calls MarkVisitorWarned.
	EndVisitSilently           // EndVisitSilently means that the visit ends without a warning, because the visitor has nothing to lose.
	EndIdleVisit               // EndIdleVisit means that the visit ends because the visitor did nothing.
	EndLongVisit               // EndLongVisit means that the visit ends because it has reached its limit and the visitor did not answer.
)

// SetNow sets the current time.
func (i *IdleTimer) SetNow(now time.Time) {
	if i.now.IsZero() {
		i.periodStart, i.lastActivity = now, now
	}
	i.now = now
}

// RecordActivity records that the visitor did something. It reports whether this extended a visit that had reached its limit.
func (i *IdleTimer) RecordActivity() (extended bool) {
	if !i.hasVisitor || i.isAtVisitLimit {
		extended = i.hasVisitor
		i.hasVisitor, i.periodStart = true, i.now
	}
	i.lastActivity, i.speechEnd, i.warnedAt, i.isAtVisitLimit = i.now, time.Time{}, time.Time{}, false
	return extended
}

// RecordSpeech records that the given number of words was written to the visitor. The visitor is not idle until a screen
// reader has had time to read them out.
func (i *IdleTimer) RecordSpeech(words int) {
	i.speechEnd = laterOf(i.speechEnd, i.now).Add(time.Duration(words) * time.Minute / wordsPerMinute)
}

// PostponeIdle restarts the count of idle time, because the visitor was waiting for the desk until now.
func (i *IdleTimer) PostponeIdle() {
	if i.lastActivity = i.now; !i.isAtVisitLimit {
		i.warnedAt = time.Time{}
	}
}

// RestartVisit begins a new visit of the same visitor. It has no effect if there is no visitor.
func (i *IdleTimer) RestartVisit() { *i = IdleTimer{hasVisitor: i.hasVisitor} }

// HasVisitor reports whether a visitor is at the desk.
func (i *IdleTimer) HasVisitor() bool { return i.hasVisitor }

// Now returns the time that SetNow set last.
func (i *IdleTimer) Now() time.Time { return i.now }

// UnattendedTime returns how long the desk has been without a visitor. It returns 0 if there is a visitor.
func (i *IdleTimer) UnattendedTime() time.Duration {
	if i.hasVisitor {
		return 0
	}
	return i.now.Sub(i.periodStart)
}

// MarkVisitorWarned records that the visitor was warned now.
func (i *IdleTimer) MarkVisitorWarned(l Limits) {
	i.warnedAt, i.isAtVisitLimit = i.now, !i.now.Before(i.periodStart.Add(l.Visit))
}

// IsVisitorWarned reports whether the visitor was warned and has done nothing since.
func (i *IdleTimer) IsVisitorWarned() bool { return !i.warnedAt.IsZero() }

// TimeToAnswer returns how much time the visitor has left to answer the warning.
func (i *IdleTimer) TimeToAnswer(l Limits) time.Duration {
	return max(i.answerDeadline(l).Sub(i.now), 0)
}

// answerDeadline returns when the time to answer the warning ends.
func (i *IdleTimer) answerDeadline(l Limits) time.Time {
	return laterOf(i.warnedAt, i.speechEnd).Add(l.AnswerTime)
}

// DueActionNow returns the action that is due now. Without a visitor no action is due.
func (i *IdleTimer) DueActionNow(l Limits) DueAction {
	if due, at := i.NextDueAction(l); !at.After(i.now) {
		return due
	}
	return NothingDue
}

// NextDueAction returns the next action if the visitor does nothing, and when it is due. Without a visitor no action is due.
func (i *IdleTimer) NextDueAction(l Limits) (due DueAction, at time.Time) {
	switch {
	case !i.hasVisitor:
		return NothingDue, time.Time{}
	case i.IsVisitorWarned() && i.isAtVisitLimit:
		return EndLongVisit, i.answerDeadline(l)
	case i.IsVisitorWarned():
		return EndIdleVisit, i.answerDeadline(l)
	}
	due, at = WarnVisitor, laterOf(i.lastActivity, i.speechEnd).Add(l.Idle)
	if l.NothingToLose {
		due = EndVisitSilently
	}
	if longest := i.periodStart.Add(l.Visit); l.IsWaiting || longest.Before(at) {
		due, at = WarnVisitor, longest
	}
	return due, at
}

func laterOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
