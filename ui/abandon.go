package ui

import (
	"context"

	"loket/ui/navigation"
)

// Whoever leaves a flow for good may leave somebody behind who goes on with it, as on
// a phone. Whatever took a form away, the kiosk sees after each message that it is
// gone, and has the flow tell them.

// abandon leaves for good the flows of the forms that were open before this message,
// and are no longer.
func (a *App) abandon() {
	gone, open := navigation.Gone(a.forms, a.screens)
	for _, f := range gone {
		if f.NeedsCancel() {
			a.crew.start(func() { a.leaves(context.WithoutCancel(a.crew.ctx), f) })
		}
	}
	a.forms = open
}

// leaves leaves the flow of a form for good. It looks at nothing of the kiosk that
// changes. What fails is for the log alone: the visitor is elsewhere.
func (a *App) leaves(ctx context.Context, f *form) {
	log := a.options.Log.With("visit", f.VisitID())
	defer func() {
		if p := recover(); p != nil {
			caught := faultOf(p)
			log.Error("fault", "what", caught.What, "where", caught.Where)
		}
	}()
	if err := f.Cancel(ctx); err != nil {
		log.Error("leave flow", "error", err)
	}
}
