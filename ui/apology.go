package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows"
)

// apologise shows a calm page in place of whatever failed. The details go to
// the log alone; what the screens held may be anything by now, and is dropped.
func (a *App) apologise(f fault) tea.Cmd {
	a.options.Log.Error("fault", "visit", a.visit.ID, "what", f.what, "where", f.where)
	a.dialog, a.screens = nil, a.screens[:1]
	return a.open(newEnding(a.visit, flows.Step{
		Says:   say("Er ging iets mis bij ons", "Something went wrong on our side"),
		Tells:  say("Het ligt niet aan jou. Probeer het opnieuw. Gaat het weer mis? Neem dan contact met ons op.", "It is not your fault. Please try again. Does it go wrong again? Then please contact us."),
		Offers: []flows.Place{flows.Home, flows.Contact},
	}, nil))
}
