package form

import (
	"context"
	"time"
)

// cancelTimeout is the maximum time that cancelling a flow may take.
const cancelTimeout = 5 * time.Second

// NeedsCancel reports whether Cancel must be called when the visitor leaves the flow, because a submit is running or because
// leaving the step has an effect elsewhere (OnLeave).
func (f *Form) NeedsCancel() bool { return f.isBusy || f.snapshot.step.OnLeave != nil }

// Cancel abandons the flow. If a submit is running, it first waits for the end of the submit.
func (f *Form) Cancel(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.isAbandoned = true
	ctx, cancel := context.WithTimeout(ctx, cancelTimeout)
	defer cancel()
	return f.flow.Abandon(ctx)
}

// submitAnswers submits answers to the flow, unless the visitor has already left the flow.
func (f *Form) submitAnswers(ctx context.Context, answers map[string]string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.isAbandoned {
		return nil // Nobody waits for this result.
	}
	return f.flow.Submit(ctx, answers)
}
