package dialogue

import (
	"time"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// Receive waits for the next visitor.
func (s *Session) Receive() { s.idle = navigation.Idle{} }

// Begin begins a visit, with nothing open but home. If a visit came before it, it was
// the same visitor's.
func (s *Session) Begin(v *flow.Visit, home Screen) {
	s.Visit = v
	s.Screens.Begin(home)
	s.idle.Renew()
	s.postpone()
}

// SomebodyThere reports whether there is a visitor, who typed something.
func (s *Session) SomebodyThere() bool { return s.idle.Begun() }

// touch notes that the visitor did something.
func (s *Session) touch() {
	s.idle.Pass(s.Desk.Clock.Unmoved())
	s.idle.Touch()
}

// postpone has the visitor not be idle until now.
func (s *Session) postpone() {
	s.idle.Pass(s.Desk.Clock.Unmoved())
	s.idle.Postpone()
}

// limits are those of the full screen.
func (s *Session) limits() navigation.Limits {
	return navigation.Limits{
		Idle:    s.Visit.Idle(),
		Warned:  s.Desk.Settings.IdleWarned,
		Visit:   s.Desk.Settings.Visit,
		Silent:  s.Screens.Len() == 1 && !s.Visit.LoggedIn(),
		Waiting: s.watch != nil,
	}
}

// due returns what happens next if the visitor goes on doing nothing, and in how long;
// nil, as long as nobody is there.
func (s *Session) due() (in time.Duration, do func() error) {
	due, at := s.idle.Next(s.limits())
	switch due {
	case navigation.Warn:
		do = s.warn
	case navigation.TellLastMinute:
		do = s.tellLastMinute
	case navigation.EndSilently:
		do = ends(flow.StayedIdle, text.Text{})
	case navigation.EndIdle:
		do = ends(flow.StayedIdle, words.StayedIdle)
	case navigation.EndTooLong:
		do = ends(flow.TookTooLong, words.TookTooLong)
	}
	return at.Sub(s.Desk.Clock.Unmoved()), do
}

func ends(why flow.Leaving, endNotice text.Text) func() error {
	return func() error { return &Ending{Why: why, Farewell: endNotice} }
}

var emptyWillDo = text.New("Een lege regel is genoeg.", "Just press Enter.")

// warn asks whether the visitor is still there. Any line means yes.
func (s *Session) warn() error {
	s.idle.Warned()
	s.Out.Gap()
	s.Say(words.Spaced(words.StillThere, words.StillFor(int(s.Desk.Settings.IdleWarned/time.Second)), emptyWillDo))
	return nil
}

func (s *Session) tellLastMinute() error {
	s.idle.Told()
	s.Out.Gap()
	s.Say(words.Spaced(words.Joined(words.LastMinute, text.Same(".")), words.LastMinuteTells))
	return nil
}
