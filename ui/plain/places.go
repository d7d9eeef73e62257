package plain

import (
	"slices"

	"loket/flows"
)

// goTo leaves for a place, after asking if that would lose something. A form of
// the place that waits under what is shown aside is gone back to.
func (s *session) goTo(p flows.Place) error {
	switch {
	case p == flows.LoggingOut:
		return &ending{why: flows.LoggedOut, farewell: s.goodbye()}
	case p.Aside():
		s.screens = append(s.screens, s.at(p))
		return nil
	}
	if i := s.waiting(p); i >= 0 {
		return s.ifSure(unsaved(s.screens[i+1:]), func() { s.screens = s.screens[:i+1] })
	}
	stay := s.staying(p)
	return s.ifSure(s.loses(p, stay), func() {
		there := s.at(p)
		s.screens = s.screens[:stay]
		if stay == 1 {
			s.screens = append(s.screens, s.above(p)...)
		}
		if there == nil {
			s.goHome()
			return
		}
		s.screens = append(s.screens, there)
	})
}

// waiting is the index of a form of p that is not on top, or -1.
func (s *session) waiting(p flows.Place) int {
	return slices.IndexFunc(s.screens[:len(s.screens)-1], func(each screen) bool {
		f, is := each.(*form)
		return is && f.flow.Name == string(p)
	})
}

// staying is how many screens stay open under a place that the visitor goes to:
// all, if the one on top keeps; else those up to what is shown aside, to which
// they come back; and home. Nothing half filled in stays under a flow in which
// they log in, since they are somebody else after it.
func (s *session) staying(p flows.Place) int {
	if _, keeps := s.top().(keeper); keeps {
		return len(s.screens)
	}
	for i, each := range slices.Backward(s.screens) {
		switch {
		case !aside(each):
		case p == flows.Home, admits(p) && unsaved(s.screens[:i]):
			return 1
		default:
			return i + 1
		}
	}
	return 1
}

// aside tells whether a screen only shows something while what the visitor was
// doing waits under it.
func aside(each screen) bool {
	switch each.(type) {
	case *contact, *questions, *asked, *replied:
		return true
	}
	return false
}

// admits tells whether the visitor may log in by the flow of a place.
func admits(p flows.Place) bool { return p == flows.LoggingIn || p == flows.Activating }

// loses tells whether the visitor would lose something by going to p if so many
// screens stay. What they told on the screen on top, they need not tell again
// elsewhere.
func (s *session) loses(p flows.Place, stay int) bool {
	if p == flows.Home {
		return unsaved(s.screens)
	}
	top, is := s.top().(leaver)
	leaves := stay < len(s.screens)
	return leaves && (is && top.underway() || unsaved(s.screens[stay:len(s.screens)-1]))
}

// unsaved tells whether the visitor would lose something if these were gone.
func unsaved(screens []screen) bool { return lastUnsaved(screens) >= 0 }

// lastUnsaved is the index of the last screen on which that is so, or -1.
func lastUnsaved(screens []screen) int {
	for i, each := range slices.Backward(screens) {
		if l, is := each.(leaver); is && l.unsaved() {
			return i
		}
	}
	return -1
}

// resume goes back to what the visitor left half filled in, to look something up.
func (s *session) resume() { s.screens = s.screens[:max(lastUnsaved(s.screens), 0)+1] }

// ended goes on from the flow on top, which came to its end. Once somebody was
// logged in by it, or out, nothing of what they did before is theirs any more.
func (s *session) ended(f *form) error {
	s.screens = s.screens[:len(s.screens)-1]
	if f.customer != s.visit.LoggedIn() {
		s.screens = s.screens[:1]
	}
	step := f.flow.Step()
	if step.Onward {
		return s.goTo(step.Offers[0])
	}
	s.screens = append(s.screens, &outcome{step, f.tells(), unsaved(s.screens)})
	return nil
}

// above is the menus between home and a place, for who goes back from there.
func (s *session) above(p flows.Place) (menus []screen) {
	for p = s.visit.Above(p); p != flows.Home; p = s.visit.Above(p) {
		menus = slices.Insert(menus, 0, screen(&menu{p}))
	}
	return menus
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
