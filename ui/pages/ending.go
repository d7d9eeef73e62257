package pages

import (
	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/handover"
	"loket/ui/keys"
	"loket/ui/navigation"
	"loket/ui/screen"
	"loket/ui/view"
	"loket/ui/words"
)

// endingPage is the screen with the result of a flow, and with places to go to next.
type endingPage struct {
	visit          *flow.Visit
	place          place.ID // place is the place of the flow.
	step           flow.Step
	prefill        map[string]string // prefill has the visitor's answers in the flow, by the name of the field.
	hasUnsavedForm bool              // hasUnsavedForm is true if a form with unsaved input is open under this screen.
	Choices
}

// NewEnding returns the screen of a flow that has ended at step. at is the place of the flow, and prefill has the visitor's
// answers, by the name of the field. waits is true if a form with unsaved input is open under the screen.
func NewEnding(visit *flow.Visit, at place.ID, step flow.Step, prefill map[string]string, waits bool) screen.Screen {
	e := &endingPage{visit: visit, place: at, step: step, prefill: prefill, hasUnsavedForm: waits}
	e.SetPage(view.EndingPage(visit, visit.Desk.Clock.Now(), step, waits))
	return e
}

// HandOver returns the page for the other face of the desk.
func (e *endingPage) HandOver() handover.Screen {
	return handover.Screen{Ending: &handover.Ending{Place: e.place, Step: e.step, Prefill: e.prefill}}
}

// PrefillAnswers returns the answers that another flow can fill in again.
func (e *endingPage) PrefillAnswers() map[string]string { return e.prefill }

// QuestionSubject returns the flow as the subject of the visitor's question.
func (e *endingPage) QuestionSubject() flow.QuestionSubject { return flows.QuestionSubjectAt(e.place) }

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
