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

// ending is where a flow ends: what came of it, and where the visitor can
// sensibly go from there.
type ending struct {
	visit   *flow.Visit
	place   place.ID // of the flow
	step    flow.Step
	prefill map[string]string // what the visitor answered on the way
	waits   bool              // something half filled in waits under this
	Choices
}

// NewEnding shows what came of the flow of a place, which ended at a step, in which the visitor answered
// what is to be prefilled; waits says that something half filled in waits under it.
func NewEnding(visit *flow.Visit, at place.ID, step flow.Step, prefill map[string]string, waits bool) screen.Screen {
	e := &ending{visit: visit, place: at, step: step, prefill: prefill, waits: waits}
	e.SetPage(view.Ending(visit, visit.Desk.Clock.Now(), step, waits))
	return e
}

// Prefill is what needs not be asked again.
func (e *ending) Prefill() map[string]string { return e.prefill }

// Subject is what the visitor did.
func (e *ending) Subject() flow.Subject { return flows.SubjectAt(e.place) }

func (e *ending) View(f screen.Frame) screen.Page {
	return Draw(f, view.Ending(e.visit, f.Now, e.step, e.waits), &e.Choices)
}

func (e *ending) Keys() []keys.Binding {
	esc := keys.Esc
	if e.leave != (navigation.Resume{}) {
		esc = esc.As(words.LowerFirst(flows.NameFor(e.visit, place.Home)))
	}
	return []keys.Binding{keys.UpDown, keys.Enter, esc}
}
