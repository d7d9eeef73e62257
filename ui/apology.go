package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/form"
	"loket/ui/words"
)

// apologise shows a calm page in place of whatever failed. The details go to
// the log alone; what the screens held may be anything by now, and is dropped.
func (a *App) apologise(f fault) tea.Cmd {
	a.options.Log.Error("fault", "visit", a.visit.ID, "what", f.What, "where", f.Where)
	a.dialog, a.screens = nil, a.screens[:1]
	return a.open(form.NewEnding(a.visit, words.Apology(), nil, false))
}
