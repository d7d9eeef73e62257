package ui

import (
	"reflect"

	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
	"loket/ui/screen"
)

// key handles a key: those of the kiosk itself, and else those of whatever
// goes first, which is a question or the screen on top.
func (a *App) key(msg tea.KeyPressMsg) tea.Cmd {
	if a.warned() {
		return a.answered(msg)
	}
	a.idle.touch()
	a.renamed = false
	if done, cmd := a.globally(msg); done {
		return cmd
	}
	switch {
	case a.tooSmall():
		return nil // nobody can see what they would be typing
	case a.dialog != nil:
		return a.ask(msg)
	case a.busy():
		return nil
	}
	switch { // for screens that leave scrolling to the kiosk
	case keys.PageUp.Matches(msg):
		a.sight.scroll(-1)
	case keys.PageDown.Matches(msg):
		a.sight.scroll(1)
	}
	return a.guard(a.top().Update(msg))
}

// answered handles the answer to whether the visitor is still there.
func (a *App) answered(msg tea.KeyPressMsg) tea.Cmd {
	if keys.Esc.Matches(msg) {
		return a.logOut()
	}
	a.idle.touch()
	return nil
}

// globally does what a key does on every screen, if it does anything.
func (a *App) globally(msg tea.KeyPressMsg) (done bool, cmd tea.Cmd) {
	switch {
	case keys.Language.Matches(msg):
		a.language = a.language.Other()
	case keys.Theme.Matches(msg):
		a.theme, a.renamed = a.theme.Next(), true
		a.dress()
	case keys.Help.Matches(msg):
		return true, a.toggle(newHelp(a.options.Demo != nil, a.options.WalkIn))
	case keys.Demo.Matches(msg):
		if drawer := a.demoPanel(); drawer != nil {
			return true, a.toggle(drawer)
		}
	case keys.Stop.Matches(msg):
		return true, a.askToStop()
	case keys.Ignored.Matches(msg):
	default:
		return false, nil
	}
	return true, nil
}

// toggle puts a screen on top, or takes the one of its kind away.
func (a *App) toggle(s screen.Screen) tea.Cmd {
	if a.busy() || a.dialog != nil || a.tooSmall() {
		return nil
	}
	for i, under := range a.screens {
		if reflect.TypeOf(under) == reflect.TypeOf(s) {
			a.screens = a.screens[:i]
			return nil
		}
	}
	return a.open(s)
}

// paste hands pasted text to the screen on top.
func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	if a.warned() || a.dialog != nil || a.busy() || a.tooSmall() {
		return nil
	}
	a.idle.touch()
	return a.guard(a.top().Update(msg))
}
