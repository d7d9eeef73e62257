package ui

import (
	"reflect"

	tea "charm.land/bubbletea/v2"

	"loket/ui/screen"
)

// The keys that do the same on every screen (R16).
const (
	keyLanguage = "Ctrl+L"
	keyTheme    = "Ctrl+T"
	keyHelp     = "Ctrl+G"
	keyDemo     = "Ctrl+D"
)

// languageKeys are those that change the language.
var languageKeys = []string{"ctrl+l", "f6"}

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
	switch msg.String() { // for screens that leave scrolling to the kiosk
	case "pgup":
		a.sight.scroll(-1)
	case "pgdown":
		a.sight.scroll(1)
	}
	return a.guard(a.top().Update(msg))
}

// answered handles the answer to whether the visitor is still there.
func (a *App) answered(msg tea.KeyPressMsg) tea.Cmd {
	if msg.String() == "esc" {
		return a.logOut()
	}
	a.idle.touch()
	return nil
}

// globally does what a key does on every screen, if it does anything.
func (a *App) globally(msg tea.KeyPressMsg) (done bool, cmd tea.Cmd) {
	switch msg.String() {
	case languageKeys[0], languageKeys[1]:
		a.language = a.language.Other()
	case "ctrl+t", "f7":
		a.theme, a.renamed = a.theme.Next(), true
		a.dress()
	case "ctrl+g", "f8":
		return true, a.toggle(newHelp(a.options.Demo != nil, a.options.WalkIn))
	case "ctrl+d", "f9":
		if drawer := a.demoPanel(); drawer != nil {
			return true, a.toggle(drawer)
		}
	case "ctrl+c":
		return true, a.askToStop()
	case "ctrl+z", "ctrl+\\", "ctrl+s", "ctrl+q":
		// What these do to other programs is not to be had here.
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

// pressOf is the press that a key of the footer stands for, for a mouse.
var pressOf = map[string]tea.KeyPressMsg{
	"Enter":     {Code: tea.KeyEnter},
	"Esc":       {Code: tea.KeyEscape},
	"Tab":       {Code: tea.KeyTab},
	keyLanguage: {Code: 'l', Mod: tea.ModCtrl},
	keyTheme:    {Code: 't', Mod: tea.ModCtrl},
	keyHelp:     {Code: 'g', Mod: tea.ModCtrl},
	keyDemo:     {Code: 'd', Mod: tea.ModCtrl},
	keyReveal:   {Code: 'r', Mod: tea.ModCtrl},
}
