package plain

import (
	"context"

	"loket/ui/navigation"
)

// Whoever leaves a flow for good may leave somebody behind who goes on with it, as on
// a phone. Whatever took a form away, the session sees before the next question that
// it is gone, and has the flow tell them.

// abandon leaves for good the flows of the forms that were open before, and are none
// of the screens that are open now.
func (s *session) abandon(screens []screen) {
	gone, open := navigation.Gone(s.forms, screens)
	for _, f := range gone {
		if f.flow.Step().OnLeave != nil {
			s.leavers.Go(s.leaving(f))
		}
	}
	s.forms = open
}

// leaving gives what leaves the flow of a form for good, beside the session. What
// fails is for the log alone: the visitor is elsewhere.
func (s *session) leaving(f *form) func() {
	ctx, log := context.WithoutCancel(s.ctx), s.options.Log.With("visit", s.visit.ID)
	return func() {
		ctx, cancel := context.WithTimeout(ctx, leaveTimeout)
		defer cancel()
		if err := caught(func() error { return f.flow.Abandon(ctx) }); err != nil {
			log.Error("leave flow", "error", err)
		}
	}
}
