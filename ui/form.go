package ui

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/screen"
)

// form is the screen of whatever step a flow is at. It asks for the step's
// fields, submits them, and draws the next step.
type form struct {
	visit    *flow.Visit
	flow     *flow.Flow
	told     map[string]string // answers that the visitor gave before
	customer bool              // they were logged in when they began
	kept     map[flow.State][]*field

	seen         seen
	fields       []*field
	focus        int // the fields, then what submits, then the offers; or nowhere
	reveal       bool
	submitFailed bool // the last submit failed, through no fault of the visitor

	mu   sync.Mutex // held while the flow is worked on beside the screens
	left bool       // the visitor left the flow for good; guarded by mu

	busy    bool // the flow is being worked on, and not the form's to touch
	waiting bool // long enough that the visitor is told
	turns   int
	spinner spinner.Model

	rows []screen.Span // where everything that can have the focus was drawn
}

// field is a field of the step and what was typed into it.
type field struct {
	flow.Field
	*screen.Input
	began   string // what stood there to begin with
	problem *text.Text

	rows []screen.Span // of a Choice: where each option was drawn
}

// What comes of the form's commands.
type (
	submitted struct {
		by  *form
		err error
	}

	stillBusy struct {
		by   *form
		turn int
	}
)

// Ended is the message that the flow of the form on top came to its end.
type Ended struct{ By *form }

const (
	patience      = 150 * time.Millisecond // after which a wait is shown (R17)
	submitTimeout = 30 * time.Second
)

// newForm gives the screen of a flow that was just begun. What the visitor told
// before is filled in.
func newForm(visit *flow.Visit, begun *flow.Flow, told map[string]string) *form {
	f := &form{visit: visit, flow: begun, told: told, customer: visit.LoggedIn(), kept: map[flow.State][]*field{}}
	f.enter()
	return f
}

// enter begins with the step that the flow is at. What was typed there before
// is still there, but for secrets (R18).
func (f *form) enter() {
	at := f.flow.At()
	if f.kept[at] == nil {
		for _, asked := range f.flow.Step().Fields {
			each := &field{Field: asked, Input: screen.NewFieldInput(asked), began: f.begins(asked)}
			each.Set(each.began)
			f.kept[at] = append(f.kept[at], each)
		}
	}
	f.fields = f.kept[at]
	for _, each := range f.fields {
		each.problem = nil
		if each.Kind == flow.Secret {
			each.Set("")
		}
	}
	f.submitFailed, f.reveal = false, false
	f.look()
	f.focus = f.first()
}

// begins is what stands in a field to begin with: the answer that is known, or
// what the visitor told before. A choice begins with the first option.
func (f *form) begins(asked flow.Field) string {
	switch {
	case asked.Present != "":
		return asked.Present
	case asked.Kind == flow.Line:
		return f.told[asked.Name]
	case asked.Kind == flow.Choice:
		return asked.Options[0].Value
	}
	return ""
}

// nowhere is where the focus is while the step goes on by itself, until the visitor
// wants to be elsewhere: who has answered on their phone may press Enter.
const nowhere = -1

// first is the field to begin with: the first empty one. Where a secret is
// chosen it is the first of all, since that may be what was refused.
func (f *form) first() int {
	if f.pending() {
		return nowhere
	}
	chosen := slices.ContainsFunc(f.fields, func(each *field) bool { return each.Rules != nil })
	empty := slices.IndexFunc(f.fields, func(each *field) bool { return each.Empty() })
	if chosen || empty < 0 {
		return 0
	}
	return empty
}

// Told is what needs not be asked again in another flow: neither secrets nor
// numbers that work once.
func (f *form) Told() map[string]string {
	told := map[string]string{}
	maps.Copy(told, f.told)
	for _, fields := range f.kept {
		for _, each := range fields {
			if each.Kind == flow.Line && !each.Empty() {
				told[each.Name] = each.Value()
			}
		}
	}
	return told
}

// Place is where the flow begins.
func (f *form) Place() place.ID { return place.ID(f.flow.Name) }

// Unsaved tells whether the visitor typed something.
func (f *form) Unsaved() bool {
	for _, each := range f.fields {
		if !each.Empty() && each.Value() != each.began {
			return true
		}
	}
	return f.Underway()
}

// Underway tells whether steps would have to be taken again that asked something.
func (f *form) Underway() bool {
	asked := len(f.flow.Steps[f.flow.Start].Fields) > 0
	return asked && f.flow.At() != f.flow.Start && !f.flow.Ended()
}

// Flow returns the flow, which is not to be touched while the form is busy.
func (f *form) Flow() *flow.Flow { return f.flow }

// VisitID returns what the log calls the visit.
func (f *form) VisitID() string { return f.visit.ID }

// ChangedLogIn reports whether the visitor logged in or out since the flow began.
func (f *form) ChangedLogIn() bool { return f.customer != f.visit.LoggedIn() }

// Busy tells whether the form waits for the flow.
func (f *form) Busy() bool { return f.busy }

// Start begins with the first step.
func (f *form) Start() tea.Cmd { return f.onward() }

// onward submits a step at once if there is nothing to stop for, nor to be read.
func (f *form) onward() tea.Cmd {
	if f.seen.step.AutoSubmit && f.seen.note == nil {
		return f.Submit()
	}
	return nil
}

func (f *form) Update(msg tea.Msg) tea.Cmd {
	cmd := f.update(msg)
	if !f.busy {
		f.look()
	}
	return cmd
}

func (f *form) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case submitted:
		if msg.by == f {
			return f.settle(msg.err)
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
		if typed := f.typed(); typed != nil && f.options() == nil {
			typed.Paste(msg.Content)
			typed.edited()
		}
	case tea.KeyPressMsg:
		return f.press(msg)
	}
	return nil
}

// Submit gives the answers to the flow, once.
func (f *form) Submit() tea.Cmd {
	f.busy, f.submitFailed, f.reveal = true, false, false
	if f.turns++; f.pending() {
		f.focus = nowhere
	}
	turn, answers := f.turns, map[string]string{}
	for _, each := range f.fields {
		answers[each.Name] = each.Value()
	}
	work := func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, submitTimeout)
		defer cancel()
		return submitted{f, f.give(ctx, answers)}
	}
	return tea.Batch(screen.Send(screen.Background{Work: work}), tea.Tick(patience, func(time.Time) tea.Msg { return stillBusy{f, turn} }))
}

// settle goes on with what came of submitting.
func (f *form) settle(err error) tea.Cmd {
	if err == nil && f.flow.Ended() {
		return screen.Send(Ended{f}) // no longer anybody's to touch
	}
	f.busy, f.waiting = false, false
	if invalid, is := errors.AsType[*flow.Invalid](err); is {
		f.correct(invalid.Problems)
		return nil
	}
	if err != nil {
		if f.pending() {
			f.focus = len(f.fields) // to try again
		}
		f.submitFailed = true
		return screen.Send(screen.Report{Doing: "submit", Err: err})
	}
	f.enter()
	return f.onward()
}

// correct puts each problem under its field, and goes to the first.
func (f *form) correct(problems []flow.Problem) {
	for _, each := range f.fields {
		each.problem = nil
	}
	first := len(f.fields)
	for _, p := range problems {
		for i, each := range f.fields {
			if each.Name == p.Field {
				each.problem = &p.Why
				first = min(first, i)
			}
		}
	}
	f.focus = first
}
