package plain

import (
	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/navigation"
)

// goTo leaves for a place, after asking if that would lose something. A form of
// the place that waits under what is shown aside is gone back to.
func (s *session) goTo(p place.ID) error {
	switch {
	case p == place.LogOut:
		return &ending{why: flow.LoggedOut, farewell: s.goodbye()}
	case flows.At(p).Aside:
		s.screens = append(s.screens, s.at(p))
		return nil
	}
	if i := navigation.Waiting(s.screens, p); i >= 0 {
		return s.ifSure(navigation.Unsaved(s.screens[i+1:]), func() { s.screens = s.screens[:i+1] })
	}
	stay := navigation.Staying(s.screens, p)
	return s.ifSure(navigation.Loses(s.screens, p, stay), func() {
		there := s.at(p)
		s.screens = s.screens[:stay]
		if stay == 1 {
			for _, each := range navigation.Above(s.visit, p) {
				s.screens = append(s.screens, &menu{each})
			}
		}
		if there == nil {
			s.goHome()
			return
		}
		s.screens = append(s.screens, there)
	})
}

// resume goes back to what the visitor left half filled in, to look something up.
func (s *session) resume() { s.screens = s.screens[:max(navigation.LastUnsaved(s.screens), 0)+1] }

// ended goes on from the flow on top, which came to its end. Once somebody was
// logged in by it, or out, nothing of what they did before is theirs any more.
func (s *session) ended(f *form) error {
	s.screens = s.screens[:len(s.screens)-1]
	if f.customer != s.visit.LoggedIn() {
		s.screens = s.screens[:1]
	}
	step := f.flow.Step()
	if step.AutoSubmit {
		return s.goTo(step.Offers[0])
	}
	s.screens = append(s.screens, &outcome{step, f.Told(), navigation.Unsaved(s.screens)})
	return nil
}

// goHome goes to the first screen. Whoever is not logged in is done by then, so
// that nothing of theirs needs to be kept.
func (s *session) goHome() {
	if s.visit.LoggedIn() {
		s.screens = s.screens[:1]
		return
	}
	s.begin()
}
