package pages

import (
	"loket/flows"
	"loket/flows/place"
	"loket/ui/plain/dialogue"
)

// menu asks the visitor where to go.
type menu struct{ place place.ID }

// NewMenu returns the menu of a place.
func NewMenu(p place.ID) dialogue.Screen { return &menu{p} }

func (m *menu) MarkAsStayingOpen() {}

func (m *menu) Show(s *dialogue.Session) (dialogue.NextAction, error) {
	contents := flows.MenuAt(s.Visit, m.place)
	s.SayVisitState()
	s.SayHeading(contents.Question)
	return s.Choose(s.PlaceChoices(contents.Places), m.place != place.Home)
}
