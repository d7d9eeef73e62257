package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/pages"
	"loket/ui/words"
)

// apologise shows a calm page in place of whatever failed. The details go to
// the log alone; what the screens held may be anything by now, and is dropped.
func (a *App) apologise(f programFault) tea.Cmd {
	a.options.Log.Error("fault", "visit", a.visit.ID, "what", f.What, "where", f.Where)
	a.dialog = nil
	a.screens.Keep(1)
	return a.openScreen(pages.NewEnding(a.visit, "", words.ApologyStep(), nil, false))
}
