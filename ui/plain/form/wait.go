package form

import (
	"context"

	"loket/flows/place"
	"loket/ui/plain/dialogue"
)

// changedError says that a wait is over. It ends the open question, even if the visitor has
// typed half an answer.
type changedError struct{ err error } // of the submit; nil if the flow moved

func (c *changedError) Error() string { return "what the visitor waited for has changed" }

// isWaiting reports whether the step waits for something elsewhere, as for a phone. After a
// failure it does not wait, and the visitor has to try again.
func (f *Form) isWaiting() bool { return f.flow.Step().PollEvery > 0 && f.failure == nil }

// submitWaiting submits a step that waits. It returns nil if the step still waits, and a
// *changedError if the wait is over.
func (f *Form) submitWaiting(s *dialogue.Session) error {
	ctx, cancel := context.WithTimeout(s.Context, dialogue.WorkTimeout)
	defer cancel()
	at := f.flow.State()
	err := f.flow.Submit(ctx, nil)
	switch {
	case s.Context.Err() != nil:
		return s.GoneEnding()
	case err == nil && f.flow.State() == at:
		return nil
	}
	return &changedError{err}
}

// askWhileWaiting asks where else to go while the step waits. The visitor is not idle then, because the
// flow itself ends the wait.
func (f *Form) askWhileWaiting(s *dialogue.Session, offers []place.ID) (dialogue.Next, error) {
	w := dialogue.Watch{Every: f.flow.Step().PollEvery, Poll: func() error { return f.submitWaiting(s) }}
	return s.ChooseWhileWaiting(w, s.PlaceChoices(offers))
}

// handleWaitEnd goes on after a wait. It writes the title of an end that has no screen of its own.
func (f *Form) handleWaitEnd(s *dialogue.Session, c *changedError) (dialogue.Next, error) {
	if step := f.flow.Step(); c.err == nil && step.AutoSubmit && f.flow.Ended() {
		s.Heading(step.Title())
	}
	return f.afterSubmit(s, c.err)
}
