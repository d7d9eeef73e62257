package plain

import (
	"time"

	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/words"
)

// idle is since when the visitor did nothing, and since when they are there. It
// goes by the time that passes, so that a demo whose clock is moved does not end.
type idle struct {
	begun       bool // somebody is there
	since, last time.Time
	warned      bool // that the visit is about to end
	told        bool // that the visit is almost at its longest
}

// lastMinute is how long before its end a visit is told.
const lastMinute = time.Minute

func (s *session) now() time.Time { return s.desk.Clock.Unmoved() }

// touch notes that the visitor did something.
func (s *session) touch() {
	if !s.idle.begun {
		s.idle.begun, s.idle.since = true, s.now()
	}
	s.idle.last, s.idle.warned = s.now(), false
}

// nothingToLose tells whether the visitor left the desk as they found it.
func (s *session) nothingToLose() bool { return len(s.screens) == 1 && !s.visit.LoggedIn() }

// due gives what happens next if the visitor goes on doing nothing, and when;
// nothing, as long as nobody is there. The limits are those of the full screen.
func (s *session) due() (at time.Time, do func() error) {
	if !s.idle.begun {
		return time.Time{}, nil
	}
	settings := s.desk.Settings
	longest := s.idle.since.Add(settings.Visit)
	at, do = s.idle.last.Add(s.visit.Idle()), s.warn
	switch {
	case s.watch != nil: // they wait for something, which is not being idle
		at, do = longest, over(flow.TookTooLong, words.TookTooLong)
	case s.nothingToLose():
		do = over(flow.StayedIdle, text.Text{})
	case s.idle.warned:
		at, do = at.Add(settings.IdleWarned), over(flow.StayedIdle, words.StayedIdle)
	}
	if lately := longest.Add(-lastMinute); !s.idle.told && lately.Before(at) {
		at, do = lately, s.tellLastMinute
	}
	if longest.Before(at) {
		at, do = longest, over(flow.TookTooLong, words.TookTooLong)
	}
	return at, do
}

func over(why flow.Leaving, farewell text.Text) func() error {
	return func() error { return &ending{why: why, farewell: farewell} }
}

// warn asks whether the visitor is still there. Any line means yes.
func (s *session) warn() error {
	s.idle.warned = true
	s.out.gap()
	s.say(words.Spaced(words.StillThere, words.StillFor(int(s.desk.Settings.IdleWarned/time.Second)), emptyWillDo))
	return nil
}

func (s *session) tellLastMinute() error {
	s.idle.told = true
	s.out.gap()
	s.say(words.Spaced(words.Joined(words.LastMinute, text.Same(".")), words.LastMinuteTells))
	return nil
}
