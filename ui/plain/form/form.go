package form

import (
	"context"
	"maps"
	"slices"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/handover"
	"loket/ui/plain/dialogue"
)

// A Form is the screen of the current step of a flow. It asks for the fields of the step one by one, submits the answers, and
// continues with the next step.
type Form struct {
	flow         *flow.Flow
	prefill      map[string]string // prefill has answers that the visitor gave earlier, by the name of the field.
	fieldsByStep map[flow.State][]*field
	kept         handover.Answers // kept has the answers that were typed on the full screen.

	wasLoggedIn bool // wasLoggedIn is true if the visitor was logged in when the flow began.

	saidStep     flow.State // saidStep is the last step whose texts were all written.
	shouldRepeat bool       // shouldRepeat is true if the texts of that step must be written again.
	failure      error      // failure is the error of the last submit, if the visitor did not cause it.
	interview    interview  // interview asks for the fields of the step.
}

// New returns the screen of a flow that has just begun. It fills in the answers in prefill, by the name of the field. customer
// is true if the visitor is logged in.
func New(begun *flow.Flow, prefill map[string]string, customer bool) *Form {
	return Resume(handover.Form{Flow: begun, Prefill: prefill, WasLoggedIn: customer})
}

// Resume returns the screen of a flow that was begun on the full screen.
func Resume(given handover.Form) *Form {
	f := &Form{flow: given.Flow, prefill: given.Prefill, wasLoggedIn: given.WasLoggedIn, fieldsByStep: map[flow.State][]*field{}, kept: given.Answers}
	f.enterStep()
	return f
}

// HandOver returns the form for the full screen.
func (f *Form) HandOver() handover.Screen {
	answers := f.kept.Clone()
	for step, fields := range f.fieldsByStep {
		for _, each := range fields {
			answers.Keep(step, each.Field, each.typed)
		}
	}
	return handover.Screen{Form: &handover.Form{Flow: f.flow, WasLoggedIn: f.wasLoggedIn, Prefill: f.prefill, Answers: answers}}
}

// enterStep prepares to ask for the fields of the current step.
func (f *Form) enterStep() { f.interview.startAsking(f.fields()) }

// fields returns the fields of the current step, with the answers that the visitor gave earlier.
func (f *Form) fields() []*field {
	at := f.flow.State()
	if f.fieldsByStep[at] == nil {
		for _, asked := range f.flow.Step().Fields {
			began := f.initialAnswer(asked)
			typed, is := f.kept[at][asked.Name]
			if !is {
				typed = began
			}
			f.fieldsByStep[at] = append(f.fieldsByStep[at], &field{Field: asked, initialAnswer: began, typed: typed})
		}
	}
	return f.fieldsByStep[at]
}

// switchFields does a switch of the step. Fields that the step has before and after it keep their answers.
func (f *Form) switchFields(index int) {
	f.flow.SwitchFields(index)
	at := f.flow.State()
	before := f.fieldsByStep[at]
	delete(f.fieldsByStep, at)
	for _, each := range f.fields() {
		for _, was := range before {
			if was.Name == each.Name {
				each.typed = was.typed
			}
		}
	}
	f.enterStep()
}

// initialAnswer returns the answer that a field begins with: an answer that is known, or that the visitor gave earlier.
func (f *Form) initialAnswer(asked flow.Field) string {
	if asked.InitialAnswer == "" && asked.Kind == flow.KindLine {
		return f.prefill[asked.Name]
	}
	return asked.InitialAnswer
}

// PrefillAnswers returns the answers that another flow can fill in again. It leaves out secrets and codes that work only once.
func (f *Form) PrefillAnswers() map[string]string {
	prefill := map[string]string{}
	maps.Copy(prefill, f.prefill)
	for _, fields := range f.fieldsByStep {
		for _, each := range fields {
			if each.Kind == flow.KindLine && each.typed != "" {
				prefill[each.Name] = each.typed
			}
		}
	}
	return prefill
}

// NeedsCancel reports whether leaving the step has an effect elsewhere, such as on a phone that the step waits for.
func (f *Form) NeedsCancel() bool { return f.flow.Step().OnLeave != nil }

// Cancel abandons the flow.
func (f *Form) Cancel(ctx context.Context) error { return f.flow.Abandon(ctx) }

// ChangedLoginState reports whether the flow logged the visitor in or out.
func (f *Form) ChangedLoginState(s *dialogue.Session) bool {
	return f.wasLoggedIn != s.Visit.HasCustomer()
}

// ExtendDeadline restarts the time limit of the current step.
func (f *Form) ExtendDeadline() { f.flow.ExtendDeadline() }

// Step returns the current step.
func (f *Form) Step() flow.Step { return f.flow.Step() }

// AskedFields returns the fields of the current step.
func (f *Form) AskedFields() []flow.Field { return f.Step().Fields }

// PlaceID returns the place at which the flow begins.
func (f *Form) PlaceID() place.ID { return place.ID(f.flow.Name) }

// QuestionSubject returns the flow as the subject of the visitor's question.
func (f *Form) QuestionSubject() flow.QuestionSubject { return flows.QuestionSubjectAt(f.PlaceID()) }

// HasUnsavedInput reports whether leaving the form would lose typed answers or completed steps.
func (f *Form) HasUnsavedInput() bool {
	return f.StepsWouldRepeat() || slices.ContainsFunc(f.fields(), func(each *field) bool { return each.typed != each.initialAnswer })
}

// StepsWouldRepeat reports whether a visitor who leaves and begins again must repeat completed steps.
func (f *Form) StepsWouldRepeat() bool {
	return f.flow.State() != f.flow.Start && !f.flow.Ended() && len(f.fieldsByStep) > 0
}
