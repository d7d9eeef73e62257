package ui

import (
	"context"
	"log/slog"

	"loket/ui/background"
	"loket/ui/form"
	"loket/ui/screen"
)

// A flow may still be active elsewhere, such as on a phone, after the visitor has left it. So after each message the kiosk
// checks which forms were closed, and abandons their flows.

// cancelFlows abandons in the background the flows of the forms among screens that were closed.
func cancelFlows(workers *background.Workers, log *slog.Logger, closed []screen.Screen) {
	for _, s := range closed {
		if f, is := s.(*form.Form); is && f.NeedsCancel() {
			workers.StartWork(func() { cancelFlow(context.WithoutCancel(workers.Context()), log, f) })
		}
	}
}

// cancelOpenFlows abandons the flows of all forms among screens.
func cancelOpenFlows(ctx context.Context, log *slog.Logger, open []screen.Screen) {
	for _, s := range open {
		if f, is := s.(*form.Form); is {
			cancelFlow(ctx, log, f)
		}
	}
}

// cancelFlow abandons the flow of a form. It only logs errors, because the visitor has left.
func cancelFlow(ctx context.Context, log *slog.Logger, f *form.Form) {
	log = log.With("visit", f.VisitID())
	caught := background.CatchPanic(func() {
		if err := f.Cancel(ctx); err != nil {
			log.Error("leave flow", "error", err)
		}
	})
	if caught != nil {
		log.Error("fault", "what", caught.What, "where", caught.Where)
	}
}
