package pages

import (
	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/keys"
	"loket/ui/navigation"
	"loket/ui/screen"
	"loket/ui/view"
	"loket/ui/words"
)

// endingPage is where a flow ends: what came of it, and where the visitor can
// sensibly go from there.
type endingPage struct {
	visit          *flow.Visit
	place          place.ID // of the flow
	step           flow.Step
	prefill        map[string]string // what the visitor answered on the way
	hasUnsavedForm bool              // something half filled in waits under this
	Choices
}

// NewEnding shows what came of the flow of a place, which ended at a step, in which the visitor answered
// what is to be prefilled; waits says that something half filled in waits under it.
func NewEnding(visit *flow.Visit, at place.ID, step flow.Step, prefill map[string]string, waits bool) screen.Screen {
	e := &endingPage{visit: visit, place: at, step: step, prefill: prefill, hasUnsavedForm: waits}
	e.SetPage(view.EndingPage(visit, visit.Desk.Clock.Now(), step, waits))
	return e
}

// Prefill is what needs not be asked again.
func (e *endingPage) Prefill() map[string]string { return e.prefill }

// QuestionSubject is what the visitor did.
func (e *endingPage) QuestionSubject() flow.Subject { return flows.SubjectOfPlace(e.place) }

func (e *endingPage) View(f screen.Frame) screen.Page {
	return DrawPage(f, view.EndingPage(e.visit, f.Now, e.step, e.hasUnsavedForm), &e.Choices)
}

func (e *endingPage) Keys() []keys.Binding {
	esc := keys.Esc
	if e.leaveMove != (navigation.Resume{}) {
		esc = esc.WithHint(words.LowerFirst(flows.PlaceName(e.visit, place.Home)))
	}
	return []keys.Binding{keys.UpDown, keys.Enter, esc}
}
