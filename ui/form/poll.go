package form

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/clock"
	"loket/ui/screen"
)

// A step that waits for something elsewhere goes on by itself. Until then nothing of
// the flow is touched, so that the visitor can do whatever there is to do: a Poll is
// carried out beside the screens, and says something only once it has come.

// A Poll asks the store whether what a step waits for has come. It is equal to
// another one of the same form as long as nothing was submitted in between; the zero
// Poll is of no form.
type Poll struct {
	form        *Form
	submitCount int
}

// CurrentPoll returns the poll of the step that the form is at, or the zero one if the
// step waits for nothing or is being worked on.
func (f *Form) CurrentPoll() Poll {
	if !f.isAutomatic() || f.isBusy {
		return Poll{}
	}
	return Poll{f, f.submitCount}
}

// IsWaiting reports whether what a form waits for may still come at this time, so that
// it is not the visitor who is idle.
func (p Poll) IsWaiting(now time.Time) bool {
	return p.form != nil && (p.form.snapshot.scan == nil || now.Before(p.form.snapshot.scan.Until))
}

// Submit goes on with the form, once what it waited for has come.
func (p Poll) Submit() tea.Cmd { return p.form.Submit() }

// NewPollFunc prepares to poll until what the step waits for has come. What it returns is
// carried out beside the screens, and reports false if ctx was done before. A store
// that cannot be asked now can later; the first time, failed gets the error.
func (p Poll) NewPollFunc(clock *clock.Clock, failed func(error)) func(context.Context) bool {
	stillWaiting, every := p.form.flow.PendingCheck(), p.form.snapshot.step.PollEvery
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

// pollOnce asks once, for no longer than that may take.
func pollOnce(ctx context.Context, waiting func(context.Context) (bool, error)) (still bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, screen.FetchTimeout)
	defer cancel()
	return waiting(ctx)
}
