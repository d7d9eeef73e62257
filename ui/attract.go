package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/ui/attract"
	"loket/ui/keys"
)

// showAttract shows that nobody is there, on a walk-in kiosk.
func (a *App) showAttract() { a.attract = a.options.WalkIn }

// beginByTouch reports whether a message was for a kiosk at which nobody was. Any key, click or
// paste begins a visit and does nothing else, but for the keys that are drawn there.
func (a *App) beginByTouch(msg tea.Msg) (was bool, cmd tea.Cmd) {
	if !a.attract {
		return false, nil
	}
	var press tea.KeyPressMsg
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		press = msg
	case tea.MouseClickMsg:
		press, _ = a.viewport.keyAt(msg.X, msg.Y)
	case tea.PasteMsg:
	case tea.MouseWheelMsg:
		return true, nil
	default:
		return false, nil
	}
	a.attract = false
	a.touch()
	if slices.ContainsFunc(attract.Keys, func(key keys.Binding) bool { return key.Matches(press) }) {
		_, cmd = a.handleGlobalKey(press)
	}
	return true, cmd
}
