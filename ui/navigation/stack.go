package navigation

import (
	"slices"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
)

// A Stack holds the open screens, from home, which never closes, up to the screen on top, which the visitor sees or hears. S
// is the type of a screen. The zero value of S means no screen.
type Stack[S comparable] struct {
	screens         []S
	places          []place.ID // places has the place of each screen. A screen that is no place has that of the screen below it.
	previousScreens []S        // previousScreens are the open screens at the last call of TakeClosed.
}

// BeginAtHome drops all screens and opens home.
func (s *Stack[S]) BeginAtHome(home S) { s.screens, s.places = []S{home}, []place.ID{place.Home} }

// Top returns the screen on top.
func (s *Stack[S]) Top() S { return s.screens[len(s.screens)-1] }

// TopPlace returns the place at the desk that the screen on top shows.
func (s *Stack[S]) TopPlace() place.ID {
	if len(s.places) == 0 {
		return place.Home
	}
	return s.places[len(s.places)-1]
}

// Len returns how many screens are open.
func (s *Stack[S]) Len() int { return len(s.screens) }

// OpenScreens returns the open screens, home first. The caller must not change the slice.
func (s *Stack[S]) OpenScreens() []S { return s.screens }

// OpenPlaces returns the place of each open screen. The caller must not change the slice.
func (s *Stack[S]) OpenPlaces() []place.ID { return s.places }

// Push puts a screen on top.
func (s *Stack[S]) Push(screen S) { s.PushAt(screen, s.TopPlace()) }

// PushAt puts the screen of a place on top.
func (s *Stack[S]) PushAt(screen S, at place.ID) {
	s.screens, s.places = append(s.screens, screen), append(s.places, at)
}

// Replace replaces the screen on top.
func (s *Stack[S]) Replace(screen S) { s.screens[len(s.screens)-1] = screen }

// Clear closes all screens. The next call must be Begin.
func (s *Stack[S]) Clear() { s.KeepLowestScreens(0) }

// KeepLowestScreens closes all screens except the given number of lowest ones. It also clears the references to the closed screens,
// so that their data can be freed (R19).
func (s *Stack[S]) KeepLowestScreens(lowest int) {
	clear(s.screens[lowest:])
	s.screens, s.places = s.screens[:lowest], s.places[:lowest]
}

// HasUnsavedInput reports whether closing all screens would lose input.
func (s *Stack[S]) HasUnsavedInput() bool { return anyUnsaved(s.screens) }

// PrefillAnswers returns answers that the visitor gave on the open screens, by the name of the
// field.
func (s *Stack[S]) PrefillAnswers() map[string]string { return prefilledAnswers(s.screens) }

// QuestionSubject returns the subject that a question of the visitor would have now.
func (s *Stack[S]) QuestionSubject() flow.QuestionSubject { return questionSubject(s.screens) }

// TakeClosed returns the screens that were closed since its last call.
func (s *Stack[S]) TakeClosed() (closed []S) {
	for _, screen := range s.previousScreens {
		if !slices.Contains(s.screens, screen) {
			closed = append(closed, screen)
		}
	}
	s.previousScreens = slices.Clone(s.screens)
	return closed
}

// CloseEndedFlow closes the screen on top, whose flow has ended. If the flow logged the visitor in or out, it also closes all
// other screens except home, because they belong to another customer.
func (s *Stack[S]) CloseEndedFlow(loggedInOrOut bool) {
	s.KeepLowestScreens(len(s.screens) - 1)
	if loggedInOrOut {
		s.KeepLowestScreens(1)
	}
}

// A MoveEffect is the effect of a move on the open screens.
type MoveEffect struct {
	WouldLose bool // WouldLose is true if the visitor would lose something, and so must confirm first (R16).

	keepCount   int        // keepCount is the number of screens that stay open.
	menusToOpen []place.ID // menusToOpen are the menus that open above these screens.
	placeToOpen place.ID   // placeToOpen is the place that opens on top. It is empty if a screen that is already open comes on top.
	goesHome    bool       // goesHome is true if the step leads to home.
}

// PreviewMove returns the step that a move would take, without changing any screen.
func (s *Stack[S]) PreviewMove(m Move) MoveEffect {
	last := len(s.screens) - 1
	switch m := m.(type) {
	case GoTo:
		return s.previewGoTo(m.Place)
	case Resume:
		i := lastUnsaved(s.screens)
		return MoveEffect{keepCount: max(i, 0) + 1, goesHome: i < 0}
	}
	if last == 0 {
		return MoveEffect{keepCount: 1}
	}
	return MoveEffect{WouldLose: anyUnsaved(s.screens[last:]), keepCount: last, goesHome: last == 1}
}

// previewGoTo returns the step for going to a place. An overlay opens above all screens. If a form of the place is already
// open under other screens, the visitor goes back to that form. Any other place closes the screens that do not stay open.
func (s *Stack[S]) previewGoTo(p place.ID) MoveEffect {
	if flows.PlaceAt(p).Overlay {
		return MoveEffect{keepCount: len(s.screens), placeToOpen: p}
	}
	if i := coveredFormIndex(s.screens, p); i >= 0 {
		return MoveEffect{WouldLose: anyUnsaved(s.screens[i+1:]), keepCount: i + 1}
	}
	stay := countStayingScreens(s.screens, p)
	step := MoveEffect{WouldLose: wouldLoseInput(s.screens, p, stay), keepCount: stay, placeToOpen: p, goesHome: p == place.Home}
	if stay == 1 {
		step.menusToOpen = parentMenus(p)
	}
	return step
}

// MoveResult is the result of a step.
type MoveResult int

const (
	MoveResultHome    MoveResult = iota // MoveResultHome means that home is on top: the step leads there, or to a place that is not available to the visitor.
	MoveResultOpened                    // MoveResultOpened means that a new screen is on top.
	MoveResultReached                   // MoveResultReached means that a screen that was already open is on top.
)

// ApplyMoveEffect takes a step. It calls open for each place to open, before it closes other screens, so that the answers on them can
// be prefilled. If a place is not available to the visitor, open returns the zero value.
func (s *Stack[S]) ApplyMoveEffect(step MoveEffect, open func(place.ID) S) MoveResult {
	var none, top S
	var menus []S
	if !step.goesHome && step.placeToOpen != "" {
		for _, menu := range step.menusToOpen {
			menus = append(menus, open(menu))
		}
		top = open(step.placeToOpen)
	}
	s.KeepLowestScreens(step.keepCount)
	switch {
	case step.goesHome, step.placeToOpen != "" && top == none:
		return MoveResultHome
	case step.placeToOpen == "":
		return MoveResultReached
	}
	for i, menu := range menus {
		s.PushAt(menu, step.menusToOpen[i])
	}
	s.PushAt(top, step.placeToOpen)
	return MoveResultOpened
}
