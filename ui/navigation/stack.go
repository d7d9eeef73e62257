package navigation

import (
	"slices"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
)

// A Stack holds the open screens, from home, which never closes, up to the screen on top,
// which the visitor sees or hears. S is the type of a screen in the face. The zero value of S
// is no screen.
type Stack[S comparable] struct {
	screens         []S
	places          []place.ID // places has the place of each screen. A screen that is no place has that of the screen below it.
	previousScreens []S        // the screens at the last call that looked for closed ones
}

// Begin drops all screens and opens home.
func (s *Stack[S]) Begin(home S) { s.screens, s.places = []S{home}, []place.ID{place.Home} }

// Top returns the screen on top.
func (s *Stack[S]) Top() S { return s.screens[len(s.screens)-1] }

// Place returns the place at the desk that the screen on top shows.
func (s *Stack[S]) Place() place.ID {
	if len(s.places) == 0 {
		return place.Home
	}
	return s.places[len(s.places)-1]
}

// Len returns how many screens are open.
func (s *Stack[S]) Len() int { return len(s.screens) }

// All returns the open screens, home first. The caller must not change the slice.
func (s *Stack[S]) All() []S { return s.screens }

// Push puts a screen on top.
func (s *Stack[S]) Push(screen S) { s.push(screen, s.Place()) }

func (s *Stack[S]) push(screen S, at place.ID) {
	s.screens, s.places = append(s.screens, screen), append(s.places, at)
}

// Replace puts a screen in the place of the one on top.
func (s *Stack[S]) Replace(screen S) { s.screens[len(s.screens)-1] = screen }

// Clear closes all screens, before the next Begin.
func (s *Stack[S]) Clear() { s.KeepLowest(0) }

// KeepLowest closes all screens but the given number of lowest ones, and clears the references to
// them (R19).
func (s *Stack[S]) KeepLowest(lowest int) {
	clear(s.screens[lowest:])
	s.screens, s.places = s.screens[:lowest], s.places[:lowest]
}

// Unsaved reports whether the visitor would lose something if all screens were closed.
func (s *Stack[S]) Unsaved() bool { return anyUnsaved(s.screens) }

// Prefill returns answers that the visitor gave on the open screens, by the name of the
// field.
func (s *Stack[S]) Prefill() map[string]string { return prefilledAnswers(s.screens) }

// QuestionSubject returns what a question of the visitor would now be about.
func (s *Stack[S]) QuestionSubject() flow.Subject { return questionSubject(s.screens) }

// TakeClosed returns the screens that were closed since it was last called.
func (s *Stack[S]) TakeClosed() (closed []S) {
	for _, screen := range s.previousScreens {
		if !slices.Contains(s.screens, screen) {
			closed = append(closed, screen)
		}
	}
	s.previousScreens = slices.Clone(s.screens)
	return closed
}

// CloseEnded closes the screen on top, whose flow ended. If the flow logged the visitor in or
// out, it closes all other screens but home too, because they belong to another customer.
func (s *Stack[S]) CloseEnded(loggedInOrOut bool) {
	s.KeepLowest(len(s.screens) - 1)
	if loggedInOrOut {
		s.KeepLowest(1)
	}
}

// A Step is what a move does to the open screens.
type Step struct {
	WouldLose bool // the visitor would lose something, and must be asked first (R16)

	keepCount   int        // how many screens stay
	menusToOpen []place.ID // the menus that open above those
	placeToOpen place.ID   // the place that opens on top; empty if an open screen is on top
	goesHome    bool       // the step goes home
}

// Preview returns what a move would do, and changes no screen.
func (s *Stack[S]) Preview(m Move) Step {
	last := len(s.screens) - 1
	switch m := m.(type) {
	case GoTo:
		return s.previewGoTo(m.Place)
	case Resume:
		i := lastUnsaved(s.screens)
		return Step{keepCount: max(i, 0) + 1, goesHome: i < 0}
	}
	if last == 0 {
		return Step{keepCount: 1}
	}
	return Step{WouldLose: anyUnsaved(s.screens[last:]), keepCount: last, goesHome: last == 1}
}

// previewGoTo returns what going to a place would do. An overlay opens above all screens. If
// a form of the place waits under others, the visitor goes back to that form. Any other place
// closes the screens that do not stay open.
func (s *Stack[S]) previewGoTo(p place.ID) Step {
	if flows.PlaceAt(p).Overlay {
		return Step{keepCount: len(s.screens), placeToOpen: p}
	}
	if i := waitingFormIndex(s.screens, p); i >= 0 {
		return Step{WouldLose: anyUnsaved(s.screens[i+1:]), keepCount: i + 1}
	}
	stay := countStaying(s.screens, p)
	step := Step{WouldLose: wouldLose(s.screens, p, stay), keepCount: stay, placeToOpen: p, goesHome: p == place.Home}
	if stay == 1 {
		step.menusToOpen = parentMenus(p)
	}
	return step
}

// StepResult is the result of a step.
type StepResult int

const (
	AtHome  StepResult = iota // the step led home, or to a place that is not open to the visitor
	Opened                    // a new screen is on top
	Reached                   // a screen that was open before is on top
)

// TakeStep takes a step. It calls open for the screen of each place to open, before it closes
// other screens, so that their answers can be prefilled. For a place that is not open to the
// visitor, open returns the zero value.
func (s *Stack[S]) TakeStep(step Step, open func(place.ID) S) StepResult {
	var none, top S
	var menus []S
	if !step.goesHome && step.placeToOpen != "" {
		for _, menu := range step.menusToOpen {
			menus = append(menus, open(menu))
		}
		top = open(step.placeToOpen)
	}
	s.KeepLowest(step.keepCount)
	switch {
	case step.goesHome, step.placeToOpen != "" && top == none:
		return AtHome
	case step.placeToOpen == "":
		return Reached
	}
	for i, menu := range menus {
		s.push(menu, step.menusToOpen[i])
	}
	s.push(top, step.placeToOpen)
	return Opened
}
