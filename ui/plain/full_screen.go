package plain

import (
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/handover"
	"loket/ui/plain/dialogue"
	"loket/ui/plain/form"
	"loket/ui/plain/pages"
	"loket/ui/words"
)

var (
	goesOnText       = text.New("Je bezoek gaat hier verder, in alleen tekst.", "Your visit goes on here, in text only.")
	speechGoesOnText = text.New("Voorlezen gaat verder op het hele scherm.", "Reading aloud continues on the full screen.")
)

// takeOver continues a visit from the full screen, and says how to go back.
func (s *session) takeOver(given *handover.Visit) {
	s.TakeOver(given, pages.NewMenu(place.Home), s.reopenScreen)
	s.Say(goesOnText)
	if s.WasListening() {
		s.Say(speechGoesOnText)
	}
	s.Say(words.PlainFaceWayBackText)
	s.Say(helpHintText)
	s.SayVisitState()
}

// reopenScreen returns the screen for one that was open on the full screen.
func (s *session) reopenScreen(given handover.Screen) dialogue.Screen {
	switch {
	case given.Form != nil:
		return form.Resume(*given.Form)
	case given.Ending != nil:
		e := given.Ending
		return pages.NewOutcome(e.Place, e.Step, e.Prefill, s.Screens.HasUnsavedInput())
	case given.Product != nil:
		return pages.NewProduct(*given.Product)
	}
	return s.newPlaceScreen(given.Place)
}

// leaveForScreen returns the visit for the full screen, and leaves nothing of it here. It does not cancel the flows of open forms.
func (s *session) leaveForScreen() handover.Visit {
	s.In.DiscardInput()
	s.In.RevealInput()
	return s.HandOver()
}
