package navigation

import (
	"slices"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
)

// A Stack is the screens that a visitor has open: home, which is never left, up to the
// one on top, which is the one that they see or hear. S is what a screen of the face is;
// its zero value is no screen.
type Stack[S comparable] struct {
	screens []S
	before  []S // when Closed was called last
}

// Begin begins anew with nothing but home.
func (s *Stack[S]) Begin(home S) { s.screens = []S{home} }

// Top returns the screen on top.
func (s *Stack[S]) Top() S { return s.screens[len(s.screens)-1] }

// Len returns how many screens are open.
func (s *Stack[S]) Len() int { return len(s.screens) }

// All returns the screens that are open, home first. They are the Stack's.
func (s *Stack[S]) All() []S { return s.screens }

// Push puts a screen on top.
func (s *Stack[S]) Push(screen S) { s.screens = append(s.screens, screen) }

// Replace puts a screen in the place of the one on top.
func (s *Stack[S]) Replace(screen S) { s.screens[len(s.screens)-1] = screen }

// Clear closes all screens, before the next Begin.
func (s *Stack[S]) Clear() { s.Keep(0) }

// Keep closes all screens but the lowest ones, and keeps nothing of what they hold (R19).
func (s *Stack[S]) Keep(lowest int) {
	clear(s.screens[lowest:])
	s.screens = s.screens[:lowest]
}

// Unsaved reports whether the visitor would lose something if all were closed.
func (s *Stack[S]) Unsaved() bool { return anyUnsaved(s.screens) }

// Prefill returns what the visitor told on the screens that are open.
func (s *Stack[S]) Prefill() map[string]string { return prefill(s.screens) }

// Subject returns what a question of the visitor would be about.
func (s *Stack[S]) Subject() flow.Subject { return subject(s.screens) }

// Closed returns the screens that were open when it was called last and are no longer,
// whatever closed them.
func (s *Stack[S]) Closed() (closed []S) {
	for _, screen := range s.before {
		if !slices.Contains(s.screens, screen) {
			closed = append(closed, screen)
		}
	}
	s.before = slices.Clone(s.screens)
	return closed
}

// Ended closes the screen of a flow that came to its end, which is the one on top. Once
// the visitor was logged in by it, or out, nothing of what was done before is theirs any more.
func (s *Stack[S]) Ended(loggedInOrOut bool) {
	s.Keep(len(s.screens) - 1)
	if loggedInOrOut {
		s.Keep(1)
	}
}

// A Step is what a move does to the screens that are open.
type Step struct {
	Loses bool // the visitor would lose something by it, and is to be asked first (R16)

	keep  int        // so many screens stay
	menus []place.ID // that open above those
	opens place.ID   // on top
	home  bool
}

// Preview returns what a move does. Nothing has moved until the step is taken.
func (s *Stack[S]) Preview(m Move) Step {
	last := len(s.screens) - 1
	switch m := m.(type) {
	case GoTo:
		return s.previewGoTo(m.Place)
	case Resume:
		i := lastUnsaved(s.screens)
		return Step{keep: max(i, 0) + 1, home: i < 0}
	}
	if last == 0 {
		return Step{keep: 1}
	}
	return Step{Loses: anyUnsaved(s.screens[last:]), keep: last, home: last == 1}
}

// previewGoTo goes to a place: aside, back to a form of the place that waits under what is
// shown aside, or away from what is not kept open.
func (s *Stack[S]) previewGoTo(p place.ID) Step {
	if flows.At(p).Overlay {
		return Step{keep: len(s.screens), opens: p}
	}
	if i := waiting(s.screens, p); i >= 0 {
		return Step{Loses: anyUnsaved(s.screens[i+1:]), keep: i + 1}
	}
	stay := staying(s.screens, p)
	step := Step{Loses: wouldLose(s.screens, p, stay), keep: stay, opens: p, home: p == place.Home}
	if stay == 1 {
		step.menus = menusAbove(p)
	}
	return step
}

// Landing is where a step led.
type Landing int

const (
	AtHome  Landing = iota // or at a place that is not open to the visitor; the face decides what home is
	Opened                 // a screen is on top that was not open before
	Reached                // a screen is on top that waited under others
)

// Take takes a step. A place is opened by open, while what the visitor told on the
// screens that close can still be read; for one where there is nothing, that returns no
// screen.
func (s *Stack[S]) Take(step Step, open func(place.ID) S) Landing {
	var none, top S
	var menus []S
	if !step.home && step.opens != "" {
		for _, menu := range step.menus {
			menus = append(menus, open(menu))
		}
		top = open(step.opens)
	}
	s.Keep(step.keep)
	switch {
	case step.home, step.opens != "" && top == none:
		return AtHome
	case step.opens == "":
		return Reached
	}
	s.screens = append(append(s.screens, menus...), top)
	return Opened
}
