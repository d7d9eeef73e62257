package ui

import (
	"context"

	"loket/ui/form"
)

// A flow may still be active elsewhere, such as on a phone, after the visitor has left it. So after each message the kiosk
// checks which forms were closed, and abandons their flows.

// cancelClosedFlows abandons the flows of the forms that were closed during this message.
func (a *App) cancelClosedFlows() {
	for _, s := range a.screens.TakeClosed() {
		if f, is := s.(*form.Form); is && f.NeedsCancel() {
			a.workers.StartWork(func() { a.cancelFlow(context.WithoutCancel(a.workers.ctx), f) })
		}
	}
}

// cancelFlow abandons the flow of a form. It may run in the background, so it must not read fields of the kiosk that change.
// It only logs errors, because the visitor has left.
func (a *App) cancelFlow(ctx context.Context, f *form.Form) {
	log := a.options.Log.With("visit", f.VisitID())
	caught := catchPanic(func() {
		if err := f.Cancel(ctx); err != nil {
			log.Error("leave flow", "error", err)
		}
	})
	if caught != nil {
		log.Error("fault", "what", caught.What, "where", caught.Where)
	}
}
