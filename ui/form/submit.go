package form

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/flow"
	"loket/ui/screen"
)

// What comes of the form's commands.
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

// FlowEndedMsg is the message that the flow of the form on top came to its end.
type FlowEndedMsg struct{ Form *Form }

const (
	waitNoticeDelay = 150 * time.Millisecond // after which a wait is shown (R17)
	submitTimeout   = 30 * time.Second
)

// submitIfAutomatic submits a step at once if there is nothing to stop for, nor to be read.
func (f *Form) submitIfAutomatic() tea.Cmd {
	if f.snapshot.step.AutoSubmit && f.snapshot.note == nil {
		return f.Submit()
	}
	return nil
}

// Submit hands the answers to the flow, once.
func (f *Form) Submit() tea.Cmd {
	f.isBusy, f.failure, f.revealsSecrets = true, nil, false
	if f.submitCount++; f.isAutomatic() {
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
	return tea.Batch(screen.Send(screen.Background{Work: work}), tea.Tick(waitNoticeDelay, func(time.Time) tea.Msg { return stillBusyMsg{f, turn} }))
}

// afterSubmit goes on with what came of submitting.
func (f *Form) afterSubmit(err error) tea.Cmd {
	if err == nil && f.flow.Ended() {
		return screen.Send(FlowEndedMsg{f}) // no longer anybody's to touch
	}
	f.isBusy, f.showsWaiting = false, false
	if invalid, is := errors.AsType[*flow.Invalid](err); is {
		f.showProblems(invalid.Problems)
		return nil
	}
	if err != nil {
		if f.isAutomatic() {
			f.focus = len(f.fields) // to try again
		}
		f.failure = err
		return screen.Send(screen.ErrorReport{Doing: "submit", Err: err})
	}
	f.enterStep()
	return f.submitIfAutomatic()
}

// showProblems puts each problem under its field, and goes to the first.
func (f *Form) showProblems(problems []flow.Problem) {
	for _, each := range f.fields {
		each.problem, each.refusedAnswer = nil, nil
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
