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
	"loket/ui/handover"
	"loket/ui/screen"
)

// Form is the screen of the current step of a flow. It asks for the fields of the step, submits the answers, and draws the
// next step.
type Form struct {
	state
	flow         *flow.Flow
	prefill      map[string]string // prefill has answers that the visitor gave earlier in the visit, by the name of the field.
	wasLoggedIn  bool              // wasLoggedIn is true if the visitor was logged in when the flow began.
	fieldsByStep map[flow.State][]*field
	kept         handover.Answers // kept has the answers that were typed on the other face of the desk.

	mu          sync.Mutex // mu is held while a background goroutine uses the flow.
	isAbandoned bool       // isAbandoned is true if the visitor has left the flow for good. It is guarded by mu.

	submitCount int // submitCount is the number of submits so far.
}

// New returns the screen of a flow that has just begun. prefill has answers that the visitor gave earlier, by the name of the
// field, and these fields are filled in.
func New(visit *flow.Visit, begun *flow.Flow, prefill map[string]string) *Form {
	return Resume(visit, handover.Form{Flow: begun, Prefill: prefill, WasLoggedIn: visit.HasCustomer()})
}

// Resume returns the screen of a flow that was begun on the other face of the desk.
func Resume(visit *flow.Visit, given handover.Form) *Form {
	f := &Form{
		state: state{visit: visit}, flow: given.Flow, prefill: given.Prefill, wasLoggedIn: given.WasLoggedIn,
		fieldsByStep: map[flow.State][]*field{}, kept: given.Answers,
	}
	f.enterStep()
	return f
}

// HandOver returns the form for the other face of the desk.
func (f *Form) HandOver() handover.Screen {
	answers := f.kept.Clone()
	for step, fields := range f.fieldsByStep {
		for _, each := range fields {
			answers.Keep(step, each.Field, each.Value())
		}
	}
	return handover.Screen{Form: &handover.Form{Flow: f.flow, WasLoggedIn: f.wasLoggedIn, Prefill: f.prefill, Answers: answers}}
}

// enterStep shows the current step of the flow. If the visitor was at this step before, the fields have the earlier answers,
// except secrets (R18).
func (f *Form) enterStep() {
	at := f.flow.State()
	if f.fieldsByStep[at] == nil {
		for _, asked := range f.flow.Step().Fields {
			each := &field{Field: asked, Input: screen.NewFieldInput(asked), initialAnswer: f.initialAnswer(asked)}
			each.Set(each.initialAnswer)
			if typed, is := f.kept[at][asked.Name]; is {
				each.Set(typed)
			}
			f.fieldsByStep[at] = append(f.fieldsByStep[at], each)
		}
	}
	f.fields = f.fieldsByStep[at]
	for _, each := range f.fields {
		each.problem, each.refusedAnswer = nil, nil
		each.markedOption = each.chosenIndex()
		if each.Kind == flow.KindSecret {
			each.Set("")
		}
	}
	f.failure, f.revealsSecrets = nil, false
	f.refreshSnapshot(f.flow)
	f.focus = f.firstFocus()
	if i := f.noteFieldIndex(f.flow); i >= 0 {
		f.fields[i].markRefused(f.flow.AnswerNote()())
		f.focus = i
	}
}

// switchFields does a switch of the step. Fields that the step has before and after it keep their answers, except secrets.
func (f *Form) switchFields(index int) {
	f.flow.SwitchFields(index)
	at, focus := f.flow.State(), f.focus
	before := f.fieldsByStep[at]
	delete(f.fieldsByStep, at)
	f.enterStep()
	for _, each := range f.fields {
		for _, was := range before {
			if was.Name == each.Name && each.Kind != flow.KindSecret {
				each.Set(was.Value())
				each.markedOption = each.chosenIndex()
			}
		}
	}
	if f.focus = f.firstFocus(); slices.EqualFunc(before, f.fields, func(was, is *field) bool { return was.Name == is.Name }) {
		f.focus = focus // The visitor sees what has become of the switch.
	}
}

// initialAnswer returns the answer that a field begins with: an answer that is known, or that the visitor gave earlier. A
// choice field begins with its first option.
func (f *Form) initialAnswer(asked flow.Field) string {
	switch {
	case asked.InitialAnswer != "":
		return asked.InitialAnswer
	case asked.Kind == flow.KindLine:
		return f.prefill[asked.Name]
	case asked.Kind == flow.KindChoice:
		return asked.Options[0].Value
	}
	return ""
}

// firstFocus returns the index of the field that first gets the focus. This is the first empty field. If the step asks for a
// new password, it is the first field, because that may be the refused one.
func (f *Form) firstFocus() int {
	if f.isStepAutomatic() {
		return noFocus
	}
	chosen := slices.ContainsFunc(f.fields, func(each *field) bool { return each.Rules != nil })
	empty := slices.IndexFunc(f.fields, func(each *field) bool { return each.IsEmpty() })
	if chosen || empty < 0 {
		return 0
	}
	return empty
}

// PrefillAnswers returns the answers that another flow can fill in again. It leaves out secrets and codes that work only once.
func (f *Form) PrefillAnswers() map[string]string {
	prefill := map[string]string{}
	maps.Copy(prefill, f.prefill)
	for _, fields := range f.fieldsByStep {
		for _, each := range fields {
			if each.Kind == flow.KindLine && !each.IsEmpty() {
				prefill[each.Name] = each.Value()
			}
		}
	}
	return prefill
}

// AskedFields returns the fields of the current step.
func (f *Form) AskedFields() (all []flow.Field) {
	for _, each := range f.fields {
		all = append(all, each.Field)
	}
	return all
}

// Fill fills in the fields whose answer is known.
func (f *Form) Fill(answer func(flow.Field) (value string, known bool)) {
	if f.isBusy {
		return
	}
	for _, each := range f.fields {
		if value, known := answer(each.Field); known {
			each.Set(value)
			each.checkEditedAnswer()
		}
	}
	if f.focus = slices.IndexFunc(f.fields, func(each *field) bool { return each.IsEmpty() }); f.focus < 0 {
		f.focus = len(f.fields)
	}
	f.refreshSnapshot(f.flow)
}

// PlaceID returns the place at which the flow begins.
func (f *Form) PlaceID() place.ID { return place.ID(f.flow.Name) }

// QuestionSubject returns the subject of a question that the visitor may ask about this flow.
func (f *Form) QuestionSubject() flow.QuestionSubject { return flows.QuestionSubjectAt(f.PlaceID()) }

// HasUnsavedInput reports whether leaving the form would lose typed answers or completed steps.
func (f *Form) HasUnsavedInput() bool {
	for _, each := range f.fields {
		if !each.IsEmpty() && each.Value() != each.initialAnswer {
			return true
		}
	}
	return f.StepsWouldRepeat()
}

// StepsWouldRepeat reports whether a visitor who leaves and begins again must answer earlier steps again.
func (f *Form) StepsWouldRepeat() bool {
	asked := len(f.flow.Steps[f.flow.Start].Fields) > 0
	return asked && f.flow.State() != f.flow.Start && !f.flow.Ended()
}

// Flow returns the flow. The caller must not use it while the form is busy.
func (f *Form) Flow() *flow.Flow { return f.flow }

// VisitID returns the ID that the visit has in the log.
func (f *Form) VisitID() string { return f.visit.ID }

// ChangedLoginState reports whether the visitor logged in or out since the flow began.
func (f *Form) ChangedLoginState() bool { return f.wasLoggedIn != f.visit.HasCustomer() }

// ExtendDeadline restarts the time limit of the current step.
func (f *Form) ExtendDeadline() {
	if !f.isBusy { // During a submit the step needs no more time.
		f.flow.ExtendDeadline()
	}
}

// Busy reports whether a submit is running.
func (f *Form) Busy() bool { return f.isBusy }

// Start submits the first step at once if that step needs no answers.
func (f *Form) Start() tea.Cmd { return f.submitIfAutomatic() }

func (f *Form) Update(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case screen.ClickMsg, tea.PasteMsg, tea.KeyPressMsg:
		f.isNoticeNew = false
	}
	cmd := f.handleMessage(msg)
	if !f.isBusy {
		f.refreshSnapshot(f.flow)
	}
	return cmd
}

func (f *Form) handleMessage(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case submitResult:
		if msg.form == f {
			return f.afterSubmit(msg.err)
		}
	case stillBusyMsg:
		if msg.form == f && msg.submitCount == f.submitCount && f.isBusy {
			f.showsWaiting = true
			f.spinner = spinner.New(spinner.WithSpinner(spinner.Line))
			return f.spinner.Tick
		}
	case spinner.TickMsg:
		if f.showsWaiting {
			var cmd tea.Cmd
			f.spinner, cmd = f.spinner.Update(msg)
			return cmd
		}
	case screen.ClickMsg:
		return f.handleClick(msg)
	case tea.PasteMsg:
		if typed := f.focusedField(); typed != nil && f.focusedChoiceField() == nil {
			typed.Paste(msg.Content)
			typed.checkEditedAnswer()
		}
	case tea.KeyPressMsg:
		return f.handleKey(msg)
	}
	return nil
}

// View draws the form.
func (f *Form) View(fr screen.Frame) screen.Page {
	if f.snapshot.scan != nil {
		return f.drawWithCode(fr)
	}
	p := f.draw(fr, func(*drawing) {})
	p.Add(contactFooter(fr, f.visit, f.snapshot.step)...)
	return p
}
