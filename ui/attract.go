package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
)

// showAttract shows that nobody is there, on a walk-in kiosk.
func (a *App) showAttract() { a.attract = a.options.WalkIn }

// chooseLanguage chooses the other language by its key.
func (a *App) chooseLanguage(press tea.KeyPressMsg) {
	if keys.Language.Matches(press) {
		a.language = a.language.Other()
	}
}

// isVisitStart reports whether a message was for a kiosk at which nobody was. Any key,
// click or paste begins a visit and does nothing else, but for choosing the language.
func (a *App) isVisitStart(msg tea.Msg) bool {
	if !a.attract {
		return false
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		a.chooseLanguage(msg)
	case tea.MouseClickMsg:
		if press, on := a.viewport.keyAt(msg.X, msg.Y); on {
			a.chooseLanguage(press)
		}
	case tea.PasteMsg:
	case tea.MouseWheelMsg:
		return true
	default:
		return false
	}
	a.attract = false
	a.touch()
	return true
}
