package form

import (
	"context"
	"maps"
	"slices"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/plain/dialogue"
)

// A Form is the screen of the current step of a flow. It asks for the step's fields one by
// one, submits them, and goes on with the next step.
type Form struct {
	flow    *flow.Flow
	prefill map[string]string // answers that the visitor gave before, by the name of the field
	kept    map[flow.State][]*field

	customer bool // the visitor was logged in when the flow began

	said    flow.State // the last step whose texts were all written
	again   bool       // the texts of that step must be written again
	failure error      // of the last submit, if the visitor did not cause it
	asking  interview  // for the fields of the step
}

// New returns the screen of a flow that just began. It fills in the answers in prefill, by the
// name of the field. customer says whether the visitor is logged in.
func New(begun *flow.Flow, prefill map[string]string, customer bool) *Form {
	f := &Form{flow: begun, prefill: prefill, customer: customer, kept: map[flow.State][]*field{}}
	f.enter()
	return f
}

// enter begins the interview of the current step.
func (f *Form) enter() { f.asking.begin(f.fields()) }

// fields returns the fields of the current step, with the answers that were given before.
func (f *Form) fields() []*field {
	at := f.flow.At()
	if f.kept[at] == nil {
		for _, asked := range f.flow.Step().Fields {
			began := f.initialAnswer(asked)
			f.kept[at] = append(f.kept[at], &field{asked, began, began})
		}
	}
	return f.kept[at]
}

// switchFields has the step ask for its other fields. Answers to those that stay are still there.
func (f *Form) switchFields() {
	f.flow.Switch()
	at := f.flow.At()
	before := f.kept[at]
	delete(f.kept, at)
	for _, each := range f.fields() {
		for _, was := range before {
			if was.Name == each.Name {
				each.typed = was.typed
			}
		}
	}
	f.enter()
}

// initialAnswer returns the first answer of a field: the one that is known, or one that the
// visitor gave before.
func (f *Form) initialAnswer(asked flow.Field) string {
	if asked.Present == "" && asked.Kind == flow.Line {
		return f.prefill[asked.Name]
	}
	return asked.Present
}

// Prefill returns the answers that another flow need not ask again. It leaves out secrets and
// numbers that work only once.
func (f *Form) Prefill() map[string]string {
	prefill := map[string]string{}
	maps.Copy(prefill, f.prefill)
	for _, fields := range f.kept {
		for _, each := range fields {
			if each.Kind == flow.Line && each.typed != "" {
				prefill[each.Name] = each.typed
			}
		}
	}
	return prefill
}

// NeedsCancel reports whether leaving the step has an effect elsewhere, as on a phone that
// the step waits for.
func (f *Form) NeedsCancel() bool { return f.flow.Step().OnLeave != nil }

// Cancel abandons the flow.
func (f *Form) Cancel(ctx context.Context) error { return f.flow.Abandon(ctx) }

// ChangedLogIn reports whether the flow logged the visitor in or out.
func (f *Form) ChangedLogIn(s *dialogue.Session) bool { return f.customer != s.Visit.LoggedIn() }

// Extend starts the time limit of the current step again.
func (f *Form) Extend() { f.flow.Extend() }

// Step returns the current step.
func (f *Form) Step() flow.Step { return f.flow.Step() }

// Asked returns the fields of the step that the visitor is at.
func (f *Form) Asked() []flow.Field { return f.Step().Fields }

// Place returns the place where the flow begins.
func (f *Form) Place() place.ID { return place.ID(f.flow.Name) }

// Subject returns the flow as the subject of a question.
func (f *Form) Subject() flow.Subject { return flows.SubjectAt(f.Place()) }

// Unsaved reports whether the visitor typed something.
func (f *Form) Unsaved() bool {
	return f.StepsWouldRepeat() || slices.ContainsFunc(f.fields(), func(each *field) bool { return each.typed != each.began })
}

// StepsWouldRepeat reports whether the visitor would have to repeat finished steps after
// leaving.
func (f *Form) StepsWouldRepeat() bool {
	return f.flow.At() != f.flow.Start && !f.flow.Ended() && len(f.kept) > 0
}
