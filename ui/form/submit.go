package form

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/ui/screen"
)

// The messages that the form's own commands send to it.
type (
	submitResult struct {
		form *Form
		err  error
	}

	stillBusyMsg struct {
		form        *Form
		submitCount int
	}
)

// FlowEndedMsg is the message that the flow of a form has ended.
type FlowEndedMsg struct{ Form *Form }

const (
	// waitNoticeDelay is how long a submit may take before the form asks the visitor to wait (R17).
	waitNoticeDelay = 150 * time.Millisecond
	submitTimeout   = 30 * time.Second
)

// submitIfAutomatic submits a step at once if it has nothing to ask and no note to read.
func (f *Form) submitIfAutomatic() tea.Cmd {
	if f.snapshot.step.AutoSubmit && f.snapshot.note == nil {
		return f.Submit()
	}
	return nil
}

// Submit returns the command that submits the answers to the flow in the background.
func (f *Form) Submit() tea.Cmd {
	f.isBusy, f.failure, f.revealsSecrets = true, nil, false
	if f.submitCount++; f.isStepAutomatic() {
		f.focus = noFocus
	}
	turn, answers := f.submitCount, map[string]string{}
	for _, each := range f.fields {
		answers[each.Name] = each.Value()
	}
	work := func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, submitTimeout)
		defer cancel()
		return submitResult{f, f.submitAnswers(ctx, answers)}
	}
	return tea.Batch(screen.Send(screen.BackgroundWork{Work: work}), tea.Tick(waitNoticeDelay, func(time.Time) tea.Msg { return stillBusyMsg{f, turn} }))
}

// afterSubmit handles the result of a submit.
func (f *Form) afterSubmit(err error) tea.Cmd {
	if err == nil && f.flow.Ended() {
		return screen.Send(FlowEndedMsg{f}) // The form stays busy, because the flow must not be used after its end.
	}
	f.isBusy, f.showsWaiting = false, false
	if invalid, is := errors.AsType[*flow.InvalidAnswers](err); is {
		f.showProblems(invalid.Problems)
		return nil
	}
	if err != nil {
		if f.isStepAutomatic() {
			f.focus = len(f.fields) // Put the focus on the button to try again.
		}
		f.failure, f.isNoticeNew = err, true
		return screen.Send(screen.ErrorReport{Doing: "submit", Err: err})
	}
	f.enterStep()
	f.isNoticeNew = f.snapshot.note != nil
	return f.submitIfAutomatic()
}

// showProblems shows each problem under its field, and moves the focus to the first such field.
func (f *Form) showProblems(problems []flow.AnswerProblem) {
	for _, each := range f.fields {
		each.problem, each.refusedAnswer = nil, nil
	}
	first := len(f.fields)
	for _, p := range problems {
		for i, each := range f.fields {
			if each.Name == p.Field {
				each.problem = &p.Reason
				first = min(first, i)
			}
		}
	}
	f.focus = first
}
