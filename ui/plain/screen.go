package plain

import (
	"errors"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/words"
)

// A screen is a place at the desk, or a part of one. It says what there is to
// say, asks, and tells where that leads.
type screen interface {
	// show gives where to go next, or why its question was not answered.
	show(*session) (next, error)
}

// next is where a screen leads: the first of these that is not zero, and without
// any to the same screen again.
type next struct {
	place   place.ID // to go to
	open    screen   // to put on top of this one
	instead screen   // to put in the place of this one
	back    bool     // to the screen under this one
	resume  bool     // to what was left half filled in
	ended   *form    // from this form, whose flow came to its end
}

// goOn goes where a screen leads.
func (s *session) goOn(n next) error {
	switch {
	case n.place != "":
		return s.goTo(n.place)
	case n.open != nil:
		s.screens = append(s.screens, n.open)
	case n.instead != nil:
		s.screens[len(s.screens)-1] = n.instead
	case n.back:
		return s.back()
	case n.resume:
		s.resume()
	case n.ended != nil:
		return s.ended(n.ended)
	}
	return nil
}

// leadElsewhere does what the visitor wanted in place of answering.
func (s *session) leadElsewhere(err error) error {
	switch {
	case errors.Is(err, errAgain), errors.Is(err, errEmpty):
		return nil
	case errors.Is(err, errBack):
		return s.back()
	case errors.Is(err, errStart):
		return s.goTo(place.Home)
	case errors.Is(err, errDemo):
		s.openDrawer()
		return nil
	case errors.Is(err, errStop):
		return &ending{why: flow.LoggedOut, farewell: s.goodbye(), stops: !s.options.WalkIn}
	case errors.Is(err, flow.ErrEnded):
		return &ending{why: flow.ShutOut, farewell: flow.EndedElsewhere}
	}
	return err
}

// goodbye is what a customer is told who logs out.
func (s *session) goodbye() text.Text {
	if s.visit.LoggedIn() {
		return words.LoggedOut
	}
	return text.Text{}
}

// back takes the screen on top away, after asking if that would lose something.
func (s *session) back() error {
	if len(s.screens) == 1 {
		return nil
	}
	return s.ifSure(navigation.Unsaved(s.screens[len(s.screens)-1:]), func() {
		s.screens = s.screens[:len(s.screens)-1]
		if len(s.screens) == 1 {
			s.goHome()
		}
	})
}

// at gives the screen of a place, with a flow begun there; nil for home.
func (s *session) at(p place.ID) screen {
	switch p {
	case place.Products:
		return &products{}
	case place.Contact:
		return &contactPage{}
	case place.Questions:
		return &questions{}
	case place.Details:
		return &details{}
	case place.Activity:
		return &activity{}
	}
	if flows.MenuAt(s.visit, p).Leads != nil && p != place.Home {
		return &menu{p}
	}
	if flow := flows.Begin(s.visit, p); flow != nil {
		return newForm(flow, navigation.Told(s.screens), s.visit.LoggedIn())
	}
	return nil
}

// ifSure leaves, but asks first if the visitor would lose something by it (R16).
func (s *session) ifSure(loses bool, leave func()) error {
	if !loses {
		leave()
		return nil
	}
	s.heading(words.Sure)
	s.say(words.SureTells)
	chosen, err := s.choose([]choice{{name: words.StayHere}, {name: words.Leave, next: next{back: true}}}, false)
	if over, is := errors.AsType[*ending](err); is {
		return over
	}
	if chosen.back {
		leave()
	}
	return nil
}
