package form

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/clock"
	"loket/ui/screen"
)

// A step that waits for an event elsewhere, such as an answer from a phone, continues by itself. A Poll runs in the
// background, and reports only when the event has happened. Until then the flow does not change, so that the visitor can use
// the other choices on the page.

// A Poll asks the store whether the event that a step waits for has happened. Two polls of the same form are equal if nothing
// was submitted between them. The zero Poll belongs to no form.
type Poll struct {
	form        *Form
	submitCount int
}

// CurrentPoll returns the poll of the current step. It returns the zero Poll if the step waits for nothing, or if a submit is
// running.
func (f *Form) CurrentPoll() Poll {
	if !f.isStepAutomatic() || f.isBusy {
		return Poll{}
	}
	return Poll{f, f.submitCount}
}

// isAwaitingEvent reports whether the event that the form waits for can still happen at this time. If so, the visitor does not count
// as idle.
func (p Poll) isAwaitingEvent(now time.Time) bool {
	return p.form != nil && (p.form.snapshot.scan == nil || now.Before(p.form.snapshot.scan.Until))
}

// submit submits the form. It is called after the event that the form waits for.
func (p Poll) submit() tea.Cmd { return p.form.Submit() }

// newPollFunc returns a function that polls the store until the event that the step waits for has happened, and that can run in the background. The function returns
// false if ctx ended first. After an error it keeps polling, but it calls failed only for the first error.
func (p Poll) newPollFunc(clock *clock.Clock, failed func(error)) func(context.Context) bool {
	stillWaiting, every := p.form.flow.PendingCheckFunc(), p.form.snapshot.step.PollEvery
	return func(ctx context.Context) bool {
		reported := false
		for clock.Wait(ctx, every) == nil {
			still, err := pollOnce(ctx, stillWaiting)
			switch {
			case ctx.Err() != nil:
				return false
			case err != nil && !reported:
				reported = true
				failed(err)
			case err == nil && !still:
				return true
			}
		}
		return false
	}
}

// pollOnce asks the store once, with a time limit.
func pollOnce(ctx context.Context, waiting func(context.Context) (bool, error)) (still bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, screen.FetchTimeout)
	defer cancel()
	return waiting(ctx)
}
