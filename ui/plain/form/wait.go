package form

import (
	"context"

	"loket/flows/place"
	"loket/ui/plain/dialogue"
)

// waitOverError means that the wait for a phone is over. It ends the open question, even if the visitor has typed half an
// answer. err is the error of the submit, or nil if the flow went to another step.
type waitOverError struct{ err error }

func (c *waitOverError) Error() string { return "what the visitor waited for has changed" }

// isAwaitingEvent reports whether the step waits for an event elsewhere, such as an answer from a phone. After a failed submit it
// does not wait, and the visitor has to try again.
func (f *Form) isAwaitingEvent() bool { return f.flow.Step().PollEvery > 0 && f.failure == nil }

// submitWaitingStep submits a step that waits for an event elsewhere. It returns nil if the step still waits, and a *changedError
// if the wait is over.
func (f *Form) submitWaitingStep(s *dialogue.Session) error {
	ctx, cancel := context.WithTimeout(s.Context, dialogue.WorkTimeout)
	defer cancel()
	at := f.flow.State()
	err := f.flow.Submit(ctx, nil)
	switch {
	case s.Context.Err() != nil:
		return s.DisconnectedEnding()
	case err == nil && f.flow.State() == at:
		return nil
	}
	return &waitOverError{err}
}

// askWhileWaiting asks where else to go while the step waits. The visitor does not count as idle, because the flow itself
// limits the wait.
func (f *Form) askWhileWaiting(s *dialogue.Session, offers []place.ID) (dialogue.NextAction, error) {
	w := dialogue.EventWatch{Every: f.flow.Step().PollEvery, Poll: func() error { return f.submitWaitingStep(s) }}
	return s.ChooseWhileWaiting(w, s.PlaceChoices(offers))
}

// handleWaitEnd continues after a wait. If the flow has ended without a screen of its own, it writes the title of the last
// step.
func (f *Form) handleWaitEnd(s *dialogue.Session, c *waitOverError) (dialogue.NextAction, error) {
	if step := f.flow.Step(); c.err == nil && step.AutoSubmit && f.flow.Ended() {
		s.SayHeading(step.Title())
	}
	return f.afterSubmit(s, c.err)
}
