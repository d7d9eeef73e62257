package form

import (
	"context"
	"time"
)

// cancelTimeout is how long leaving a flow may take.
const cancelTimeout = 5 * time.Second

// NeedsCancel reports whether somebody would be left behind if the visitor went away:
// the phone that a step waits for, or what works on the flow.
func (f *Form) NeedsCancel() bool { return f.isBusy || f.snapshot.step.OnLeave != nil }

// Cancel leaves the flow for good, once nothing works on it any more.
func (f *Form) Cancel(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.isAbandoned = true
	ctx, cancel := context.WithTimeout(ctx, cancelTimeout)
	defer cancel()
	return f.flow.Abandon(ctx)
}

// submitAnswers gives answers to the flow, unless the visitor left it before the work began.
func (f *Form) submitAnswers(ctx context.Context, answers map[string]string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.isAbandoned {
		return nil // which nobody hears
	}
	return f.flow.Submit(ctx, answers)
}
