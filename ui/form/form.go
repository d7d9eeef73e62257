package form

import (
	"maps"
	"slices"
	"sync"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/ui/screen"
)

// Form is the screen of whatever step a flow is at. It asks for the step's
// fields, submits them, and draws the next step.
type Form struct {
	state
	flow     *flow.Flow
	prefill  map[string]string // answers that the visitor gave before
	customer bool              // they were logged in when they began
	kept     map[flow.State][]*field

	mu   sync.Mutex // held while the flow is worked on beside the screens
	left bool       // the visitor left the flow for good; guarded by mu

	turns int // how often it was submitted
}

// New returns the screen of a flow that was just begun. What the visitor told before,
// by the name of the field, is filled in.
func New(visit *flow.Visit, begun *flow.Flow, prefill map[string]string) *Form {
	f := &Form{state: state{visit: visit}, flow: begun, prefill: prefill, customer: visit.LoggedIn(), kept: map[flow.State][]*field{}}
	f.enter()
	return f
}

// enter begins with the step that the flow is at. What was typed there before
// is still there, but for secrets (R18).
func (f *Form) enter() {
	at := f.flow.At()
	if f.kept[at] == nil {
		for _, asked := range f.flow.Step().Fields {
			each := &field{Field: asked, Input: screen.NewFieldInput(asked), began: f.initialAnswer(asked)}
			each.Set(each.began)
			f.kept[at] = append(f.kept[at], each)
		}
	}
	f.fields = f.kept[at]
	for _, each := range f.fields {
		each.problem, each.refused = nil, nil
		each.at = each.chosen()
		if each.Kind == flow.Secret {
			each.Set("")
		}
	}
	f.failure, f.reveal = nil, false
	f.refreshSnapshot(f.flow)
	f.focus = f.first()
	if i := f.noted(f.flow); i >= 0 {
		f.fields[i].refuse(f.flow.Note()())
		f.focus = i
	}
}

// switchFields has the step ask for its other fields. What was typed into those that stay is
// still there.
func (f *Form) switchFields() {
	f.flow.Switch()
	at := f.flow.At()
	before := f.kept[at]
	delete(f.kept, at)
	f.enter()
	for _, each := range f.fields {
		for _, was := range before {
			if was.Name == each.Name && each.Kind != flow.Secret {
				each.Set(was.Value())
				each.at = each.chosen()
			}
		}
	}
	f.focus = f.first()
}

// initialAnswer is what stands in a field to begin with: the answer that is known, or
// what the visitor told before. A choice begins with the first option.
func (f *Form) initialAnswer(asked flow.Field) string {
	switch {
	case asked.Present != "":
		return asked.Present
	case asked.Kind == flow.Line:
		return f.prefill[asked.Name]
	case asked.Kind == flow.Choice:
		return asked.Options[0].Value
	}
	return ""
}

// first is the field to begin with: the first empty one. Where a secret is
// chosen it is the first of all, since that may be what was refused.
func (f *Form) first() int {
	if f.isAutomatic() {
		return noFocus
	}
	chosen := slices.ContainsFunc(f.fields, func(each *field) bool { return each.Rules != nil })
	empty := slices.IndexFunc(f.fields, func(each *field) bool { return each.Empty() })
	if chosen || empty < 0 {
		return 0
	}
	return empty
}

// Prefill is what needs not be asked again in another flow: neither secrets nor
// numbers that work once.
func (f *Form) Prefill() map[string]string {
	prefill := map[string]string{}
	maps.Copy(prefill, f.prefill)
	for _, fields := range f.kept {
		for _, each := range fields {
			if each.Kind == flow.Line && !each.Empty() {
				prefill[each.Name] = each.Value()
			}
		}
	}
	return prefill
}

// Asked returns the fields of the step that the visitor is at.
func (f *Form) Asked() (all []flow.Field) {
	for _, each := range f.fields {
		all = append(all, each.Field)
	}
	return all
}

// Fill fills in the answers that are known.
func (f *Form) Fill(answer func(flow.Field) (value string, known bool)) {
	if f.busy {
		return
	}
	for _, each := range f.fields {
		if value, known := answer(each.Field); known {
			each.Set(value)
			each.checkEdited()
		}
	}
	if f.focus = slices.IndexFunc(f.fields, func(each *field) bool { return each.Empty() }); f.focus < 0 {
		f.focus = len(f.fields)
	}
	f.refreshSnapshot(f.flow)
}

// Place is where the flow begins.
func (f *Form) Place() place.ID { return place.ID(f.flow.Name) }

// Subject is what the visitor was doing.
func (f *Form) Subject() flow.Subject { return flows.SubjectAt(f.Place()) }

// Unsaved reports whether the visitor typed something.
func (f *Form) Unsaved() bool {
	for _, each := range f.fields {
		if !each.Empty() && each.Value() != each.began {
			return true
		}
	}
	return f.StepsWouldRepeat()
}

// StepsWouldRepeat reports whether steps would have to be taken again that asked something.
func (f *Form) StepsWouldRepeat() bool {
	asked := len(f.flow.Steps[f.flow.Start].Fields) > 0
	return asked && f.flow.At() != f.flow.Start && !f.flow.Ended()
}

// Flow returns the flow, which is not to be touched while the form is busy.
func (f *Form) Flow() *flow.Flow { return f.flow }

// VisitID returns what the log calls the visit.
func (f *Form) VisitID() string { return f.visit.ID }

// ChangedLogIn reports whether the visitor logged in or out since the flow began.
func (f *Form) ChangedLogIn() bool { return f.customer != f.visit.LoggedIn() }

// Extend gives the visitor as long again for the step that they are at.
func (f *Form) Extend() {
	if !f.busy { // else the step is being submitted, and goes on in time
		f.flow.Extend()
	}
}

// Busy reports whether the form waits for the flow.
func (f *Form) Busy() bool { return f.busy }

// Start begins with the first step.
func (f *Form) Start() tea.Cmd { return f.submitIfAutomatic() }

func (f *Form) Update(msg tea.Msg) tea.Cmd {
	cmd := f.update(msg)
	if !f.busy {
		f.refreshSnapshot(f.flow)
	}
	return cmd
}

func (f *Form) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case submitted:
		if msg.by == f {
			return f.afterSubmit(msg.err)
		}
	case stillBusy:
		if msg.by == f && msg.turn == f.turns && f.busy {
			f.waiting = true
			f.spinner = spinner.New(spinner.WithSpinner(spinner.Line))
			return f.spinner.Tick
		}
	case spinner.TickMsg:
		if f.waiting {
			var cmd tea.Cmd
			f.spinner, cmd = f.spinner.Update(msg)
			return cmd
		}
	case screen.ClickMsg:
		return f.click(msg)
	case tea.PasteMsg:
		if typed := f.typingField(); typed != nil && f.choiceField() == nil {
			typed.Paste(msg.Content)
			typed.checkEdited()
		}
	case tea.KeyPressMsg:
		return f.press(msg)
	}
	return nil
}

// View draws the form.
func (f *Form) View(fr screen.Frame) screen.Page {
	if f.snapshot.scan != nil {
		return f.withCode(fr)
	}
	p := f.draw(fr, func(*drawing) {})
	p.Add(contactFoot(fr, f.visit, f.snapshot.step)...)
	return p
}
