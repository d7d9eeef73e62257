package dialogue

import (
	"time"

	"loket/ui/handover"
)

// TakeOver continues a visit from the full screen, with home as its lowest screen.
func (s *Session) TakeOver(given *handover.Visit, home Screen, reopen func(handover.Screen) Screen) {
	s.Visit, s.idle, s.Language = given.Visit, given.Idle, given.Language
	s.fullScreen = given.FullScreen
	s.Screens.BeginAtHome(home)
	handover.Reopen(&s.Screens, given.Screens, reopen)
	s.In.DiscardInput() // The visitor may still hold the key that led here.
}

// IgnoreInputUntil ignores input until a time, and discards what was typed before, because it was meant for a visit that has ended.
func (s *Session) IgnoreInputUntil(end time.Time) {
	s.ignoreInputUntil = end
	s.In.DiscardInput()
}

// HandOver returns the visit for the full screen. The session must not use it any more.
func (s *Session) HandOver() handover.Visit {
	return handover.Visit{
		Visit: s.Visit, Idle: s.idle, Language: s.Language, FullScreen: s.fullScreen,
		Screens: handover.ScreensOf(&s.Screens),
	}
}

// EndedVisit returns what the full screen must know of a visit that has ended here.
func (s *Session) EndedVisit(ending *VisitEnding) handover.Visit {
	return handover.Visit{Farewell: ending.Farewell, IgnoreUntil: s.ignoreInputUntil}
}

// WasListening reports whether the full screen was read out.
func (s *Session) WasListening() bool { return s.fullScreen.Speech.IsOn }
