package ui

import (
	"reflect"

	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
	"loket/ui/pages"
	"loket/ui/screen"
)

// key handles a key: those of the kiosk itself, and else those of whatever
// goes first, which is a question or the screen on top.
func (a *App) key(msg tea.KeyPressMsg) tea.Cmd {
	if a.warned() {
		return a.answerWarning(msg)
	}
	a.idle.Touch()
	a.themeChanged = false
	if done, cmd := a.globalKey(msg); done {
		return cmd
	}
	switch {
	case a.terminal.tooSmall():
		return nil // nobody can see what they would be typing
	case a.dialog != nil:
		return a.answerDialog(msg)
	case a.busy():
		return nil
	}
	switch { // for screens that leave scrolling to the kiosk
	case keys.PageUp.Matches(msg):
		a.viewport.scrollPage(-1)
	case keys.PageDown.Matches(msg):
		a.viewport.scrollPage(1)
	}
	return a.guard(a.top().Update(msg))
}

// answerWarning handles the answer to whether the visitor is still there.
func (a *App) answerWarning(msg tea.KeyPressMsg) tea.Cmd {
	if keys.Esc.Matches(msg) {
		return a.logOut()
	}
	a.idle.Touch()
	return nil
}

// globalKey does what a key does on every screen, if it does anything.
func (a *App) globalKey(msg tea.KeyPressMsg) (done bool, cmd tea.Cmd) {
	switch {
	case keys.Language.Matches(msg):
		a.language = a.language.Other()
	case keys.Theme.Matches(msg):
		a.themeName, a.themeChanged = a.themeName.Next(), true
		a.applyTheme()
	case keys.Help.Matches(msg):
		return true, a.toggle(pages.NewHelp(a.options.Demo != nil, a.options.WalkIn))
	case keys.Demo.Matches(msg):
		if panel := a.demoPanel(); panel != nil {
			return true, a.toggle(panel)
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
	if a.busy() || a.dialog != nil || a.terminal.tooSmall() {
		return nil
	}
	for i, under := range a.screens.All() {
		if reflect.TypeOf(under) == reflect.TypeOf(s) {
			a.screens.Keep(i)
			return nil
		}
	}
	return a.open(s)
}

// paste hands pasted text to the screen on top.
func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	if a.warned() || a.dialog != nil || a.busy() || a.terminal.tooSmall() {
		return nil
	}
	a.idle.Touch()
	return a.guard(a.top().Update(msg))
}
