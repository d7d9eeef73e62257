package dialogue

import (
	"time"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// Receive prepares the session for the next visitor, who is not idle before typing something.
func (s *Session) Receive() { s.idle = navigation.Idle{} }

// Begin begins a visit at home, of the same visitor if one is there.
func (s *Session) Begin(v *flow.Visit, home Screen) {
	s.Visit = v
	s.Screens.Begin(home)
	s.idle.Renew()
	s.postpone()
}

// SomebodyThere reports whether a visitor has typed something.
func (s *Session) SomebodyThere() bool { return s.idle.Begun() }

// touch records that the visitor did something. It extends the time of the open steps if
// the visit was extended or the visitor chose more time.
func (s *Session) touch() {
	s.idle.SetNow(s.Desk.Clock.RealNow())
	if extended := s.idle.Touch(); !extended && !s.idle.Slow() {
		return
	}
	for _, screen := range s.Screens.All() {
		if e, is := screen.(extender); is {
			e.Extend()
		}
	}
}

// An extender is a screen with a limited time that can begin again.
type extender interface{ Extend() }

// postpone counts idle time from now on.
func (s *Session) postpone() {
	s.idle.SetNow(s.Desk.Clock.RealNow())
	s.idle.Postpone()
}

// limits returns the idle limits, which are those of the full screen.
func (s *Session) limits() navigation.Limits {
	own := s.Language != s.Options.Language || s.idle.Slow()
	return navigation.Limits{
		Idle:    s.Visit.IdleLimit(),
		Warned:  s.Desk.Settings.IdleWarned,
		Visit:   s.Desk.Settings.Visit,
		Silent:  s.Screens.Len() == 1 && !s.Visit.LoggedIn() && !own,
		Waiting: s.watch != nil,
	}
}

// due returns what must happen next if the visitor does nothing, and in how long. do is nil
// if no visitor is there.
func (s *Session) due() (in time.Duration, do func() error) {
	due, at := s.idle.Next(s.limits())
	switch due {
	case navigation.Warn:
		do = s.warn
	case navigation.EndSilently:
		do = s.ends(flow.StayedIdle, text.Text{})
	case navigation.EndIdle:
		do = s.ends(flow.StayedIdle, words.StayedAway)
	case navigation.EndTooLong:
		do = s.ends(flow.TookTooLong, words.StayedAway)
	}
	return at.Sub(s.Desk.Clock.RealNow()), do
}

// deafness is how long lines of a terminal are ignored after a visit ended by a timeout,
// because they were meant for that visit and not for the next one (R31).
const deafness = 2 * time.Second

func (s *Session) ends(why flow.LeaveReason, farewell text.Text) func() error {
	return func() error {
		if s.In.AtTerminal() {
			s.deafUntil = s.Desk.Clock.RealNow().Add(deafness)
		}
		return &Ending{Why: why, Farewell: farewell}
	}
}

var emptyLineText = text.New("Een lege regel is genoeg.", "Just press Enter.")

// warn asks whether the visitor is still there. Any line means yes.
func (s *Session) warn() error {
	s.idle.SetNow(s.Desk.Clock.RealNow())
	s.idle.MarkWarned(s.limits())
	left := s.idle.TimeLeft(s.limits())
	s.Out.Gap()
	s.Say(words.JoinSpaced(words.StillThere, words.ClosesIn(int(left/time.Second)), emptyLineText))
	return nil
}

// heard records how many words were written, because a screen reader needs time for them.
func (s *Session) heard() {
	s.idle.SetNow(s.Desk.Clock.RealNow())
	s.idle.Say(s.Out.TakeWords())
}
