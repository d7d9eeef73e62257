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

// A Form speaks for whatever step a flow is at: it asks for the step's fields one
// by one, submits them, and goes on with the next step.
type Form struct {
	flow    *flow.Flow
	prefill map[string]string // answers that the visitor gave before
	kept    map[flow.State][]*field

	customer bool // they were logged in when they began

	said    flow.State // the step of which everything was said
	again   bool       // it is to be said once more
	failure error      // of the last submit, through no fault of the visitor
	asking  interview  // for the fields of the step
}

// New speaks for a flow that was just begun, in which told needs not be asked again, and
// customer says whether the visitor is logged in.
func New(begun *flow.Flow, prefill map[string]string, customer bool) *Form {
	f := &Form{flow: begun, prefill: prefill, customer: customer, kept: map[flow.State][]*field{}}
	f.enter()
	return f
}

// enter begins with the step that the flow is at.
func (f *Form) enter() { f.asking.begin(f.fields()) }

// fields are those of the step, with what was answered there before.
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

// initialAnswer is the answer that stands there to begin with: the one that is known,
// or what the visitor told before.
func (f *Form) initialAnswer(asked flow.Field) string {
	if asked.Present == "" && asked.Kind == flow.Line {
		return f.prefill[asked.Name]
	}
	return asked.Present
}

// Prefill is what needs not be asked again in another flow: neither secrets nor
// numbers that work once.
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

// NeedsCancel reports whether somebody would be left behind if the visitor went away,
// as the phone that the step waits for.
func (f *Form) NeedsCancel() bool { return f.flow.Step().OnLeave != nil }

// Cancel leaves the flow for good.
func (f *Form) Cancel(ctx context.Context) error { return f.flow.Abandon(ctx) }

// ChangedLogIn reports whether the visitor of a session was logged in by the flow, or out.
func (f *Form) ChangedLogIn(s *dialogue.Session) bool { return f.customer != s.Visit.LoggedIn() }

// Extend gives the visitor as long again for the step that they are at.
func (f *Form) Extend() { f.flow.Extend() }

// Step is where the flow is.
func (f *Form) Step() flow.Step { return f.flow.Step() }

// Asked returns the fields of the step that the visitor is at.
func (f *Form) Asked() []flow.Field { return f.Step().Fields }

// Place is where the flow begins.
func (f *Form) Place() place.ID { return place.ID(f.flow.Name) }

// Subject is what the visitor was doing.
func (f *Form) Subject() flow.Subject { return flows.SubjectAt(f.Place()) }

// Unsaved reports whether the visitor typed something.
func (f *Form) Unsaved() bool {
	return f.StepsWouldRepeat() || slices.ContainsFunc(f.fields(), func(each *field) bool { return each.typed != each.began })
}

// StepsWouldRepeat reports whether steps would have to be taken again, in which the visitor
// was asked for something.
func (f *Form) StepsWouldRepeat() bool {
	return f.flow.At() != f.flow.Start && !f.flow.Ended() && len(f.kept) > 0
}
