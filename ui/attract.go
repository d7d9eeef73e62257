package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
)

// showAttract shows the attract screen on a walk-in kiosk.
func (a *App) showAttract() { a.attract = a.options.WalkIn }

// isVisitStart reports whether a message is input while the attract screen is shown. A
// key, click or paste then begins a visit and has no other effect, except that the
// language key changes the language.
func (a *App) isVisitStart(msg tea.Msg) bool {
	if !a.attract {
		return false
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if keys.Language.Matches(msg) {
			a.language = a.language.Other()
		}
	case tea.MouseClickMsg, tea.PasteMsg:
	case tea.MouseWheelMsg:
		return true
	default:
		return false
	}
	a.attract = false
	a.touch()
	return true
}
