package dialogue

import (
	"time"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/handover"
	"loket/ui/navigation"
	"loket/ui/words"
)

// ResetIdle prepares the session for the next visitor. Idle time begins when that visitor types something.
func (s *Session) ResetIdle() { s.idle, s.fullScreen = navigation.IdleTimer{}, handover.FullScreen{} }

// BeginVisit begins a new visit at the home screen. If a visitor is at the desk, the visit is of the same visitor.
func (s *Session) BeginVisit(v *flow.Visit, home Screen) {
	v.IsSlow = s.idle.HasVisitor() && s.Visit.IsSlow
	s.Visit = v
	s.Screens.BeginAtHome(home)
	s.idle.RestartVisit()
	s.postponeIdle()
}

// HasVisitor reports whether a visitor has typed something.
func (s *Session) HasVisitor() bool { return s.idle.HasVisitor() }

// recordActivity records that the visitor did something. If that extended the visit, or if the visitor chose more time, it
// also restarts the time limits of the open steps.
func (s *Session) recordActivity() {
	s.Options.Presence.RecordInput()
	s.idle.SetNow(s.Desk.Clock.RealNow())
	if extended := s.idle.RecordActivity(); !extended && !s.Visit.IsSlow {
		return
	}
	for _, screen := range s.Screens.OpenScreens() {
		if e, is := screen.(deadlineExtender); is {
			e.ExtendDeadline()
		}
	}
}

// An deadlineExtender is a screen with a time limit that can be restarted.
type deadlineExtender interface{ ExtendDeadline() }

// postponeIdle restarts the count of idle time.
func (s *Session) postponeIdle() {
	s.idle.SetNow(s.Desk.Clock.RealNow())
	s.idle.PostponeIdle()
}

// idleLimits returns the idle limits, which are the same as on the full screen.
func (s *Session) idleLimits() navigation.Limits {
	hasOwnSettings := s.Language != s.Options.Language || s.Visit.IsSlow || s.fullScreen.HasAids()
	l := navigation.VisitTimeLimits(s.Visit)
	l.NothingToLose = s.Screens.Len() == 1 && !s.Visit.HasCustomer() && !hasOwnSettings
	l.IsWaiting = s.watch != nil
	return l
}

// nextDueAction returns the next action if the visitor does nothing, and the time until it is due. do is nil if there is no visitor.
func (s *Session) nextDueAction() (in time.Duration, do func() error) {
	due, at := s.idle.NextDueAction(s.idleLimits())
	switch due {
	case navigation.WarnVisitor:
		do = s.sayIdleWarning
	case navigation.EndVisitSilently:
		do = s.endVisitFunc(flow.ReasonIdle, text.Text{})
	case navigation.EndIdleVisit:
		do = s.endVisitFunc(flow.ReasonIdle, words.LeaveTextsForVisit(s.Visit).LeftIdle)
	case navigation.EndLongVisit:
		do = s.endVisitFunc(flow.ReasonTimeUp, words.LeaveTextsForVisit(s.Visit).LeftIdle)
	}
	return at.Sub(s.Desk.Clock.RealNow()), do
}

// inputIgnoreTime is how long typed lines are ignored after a visit has ended by a timeout, because they were meant for that
// visit and not for the next one (R31).
const inputIgnoreTime = 2 * time.Second

func (s *Session) endVisitFunc(why flow.LogOutReason, farewell text.Text) func() error {
	return func() error {
		if s.In.AtTerminal() {
			s.ignoreInputUntil = s.Desk.Clock.RealNow().Add(inputIgnoreTime)
		}
		return &VisitEnding{Why: why, Farewell: farewell}
	}
}

var emptyLineText = text.New("Een lege regel is genoeg.", "Just press Enter.")

// sayIdleWarning asks whether the visitor is still there. Any line answers yes.
func (s *Session) sayIdleWarning() error {
	s.idle.SetNow(s.Desk.Clock.RealNow())
	s.idle.MarkVisitorWarned(s.idleLimits())
	left := s.idle.TimeToAnswer(s.idleLimits())
	s.Out.WriteGap()
	s.Say(words.JoinSpaced(words.StillThereQuestion, words.ClosesInText(s.Visit, int(left/time.Second)), emptyLineText))
	return nil
}

// recordSpeech records how many words were written, because a screen reader needs time to read them out.
func (s *Session) recordSpeech() {
	s.idle.SetNow(s.Desk.Clock.RealNow())
	s.idle.RecordSpeech(s.Out.TakeWordCount())
}
