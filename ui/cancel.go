package ui

import (
	"context"

	"loket/ui/form"
)

// Whoever leaves a flow for good may leave somebody behind who goes on with it, as on
// a phone. Whatever took a form away, the kiosk sees after each message that it is
// gone, and has the flow tell them.

// cancelLeftFlows leaves for good the flows of the forms that were open before this message,
// and are no longer.
func (a *App) cancelLeftFlows() {
	for _, s := range a.screens.Closed() {
		if f, is := s.(*form.Form); is && f.NeedsCancel() {
			a.workers.Go(func() { a.cancelFlow(context.WithoutCancel(a.workers.ctx), f) })
		}
	}
}

// cancelFlow leaves the flow of a form for good. It looks at nothing of the kiosk that
// changes. What fails is for the log alone: the visitor is elsewhere.
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
