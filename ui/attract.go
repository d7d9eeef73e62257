package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/ui/attract"
	"loket/ui/keys"
)

// showAttract shows the attract screen if this is a walk-in kiosk.
func (a *App) showAttract() { a.isAttractShown = a.options.WalkIn }

// beginVisitByInput handles input while the attract screen is shown. A key, click or paste begins a visit and has no other effect,
// except for the keys that are drawn on the attract screen. was reports whether the message was input for that screen.
func (a *App) beginVisitByInput(msg tea.Msg) (was bool, cmd tea.Cmd) {
	if !a.isAttractShown {
		return false, nil
	}
	var press tea.KeyPressMsg
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		press = msg
		a.echoFilter.ShouldDrop(press, attract.Keys, a.desk.Clock.RealNow(), false) // Held down, the key must not act on the home menu.
	case tea.MouseClickMsg:
		zone, _ := a.viewport.ZoneAt(msg.X, msg.Y)
		press = zone.Key
	case tea.PasteMsg:
	case tea.MouseWheelMsg:
		return true, nil
	default:
		return false, nil
	}
	a.isAttractShown = false
	a.recordActivity()
	if slices.ContainsFunc(attract.Keys(a.hasSpeech()), func(key keys.Binding) bool { return key.Matches(press) }) {
		_, cmd = a.handleGlobalKey(press)
	}
	return true, cmd
}
