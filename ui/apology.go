package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/background"
	"loket/ui/pages"
	"loket/ui/words"
)

// showApology closes all screens except home, because they may be in any state after a panic, and shows an apology. The details
// of the panic only go to the log.
func (a *App) showApology(f background.Fault) tea.Cmd {
	a.options.Log.Error("fault", "visit", a.visit.ID, "what", f.What, "where", f.Where)
	a.dialog = nil
	a.screens.KeepLowestScreens(1)
	return a.openScreen(pages.NewEnding(a.visit, "", words.FaultStep(), nil, false))
}
