package form

import (
	"context"

	"loket/flows/place"
	"loket/ui/plain/dialogue"
)

// changedError is the end of a wait, which leads away from the question that was asked
// meanwhile, even if half an answer was typed.
type changedError struct{ err error } // of looking; nil, if the flow moved

func (c *changedError) Error() string { return "what the visitor waited for has changed" }

// waits reports whether the step waits for something elsewhere. After a failure it is
// the visitor who has the desk look again.
func (f *Form) waits() bool { return f.flow.Step().PollEvery > 0 && f.failure == nil }

// submitWaiting submits a step that waits, and returns a *change unless it waits on.
func (f *Form) submitWaiting(s *dialogue.Session) error {
	ctx, cancel := context.WithTimeout(s.Context, dialogue.WorkTimeout)
	defer cancel()
	at := f.flow.At()
	err := f.flow.Submit(ctx, nil)
	switch {
	case s.Context.Err() != nil:
		return s.GoneEnding()
	case err == nil && f.flow.At() == at:
		return nil
	}
	return &changedError{err}
}

// await asks where else to go while the step waits. The visitor is not idle then:
// the flow says for how long it waits.
func (f *Form) await(s *dialogue.Session, offers []place.ID) (dialogue.Next, error) {
	w := dialogue.Watch{Every: f.flow.Step().PollEvery, Look: func() error { return f.submitWaiting(s) }}
	return s.ChooseDuring(w, s.PlaceChoices(offers))
}

// changed goes on after a wait. Where nothing else tells the visitor what came of
// it, that is said.
func (f *Form) changed(s *dialogue.Session, c *changedError) (dialogue.Next, error) {
	if step := f.flow.Step(); c.err == nil && step.AutoSubmit && f.flow.Ended() {
		s.Heading(step.Title())
	}
	return f.afterSubmit(s, c.err)
}
