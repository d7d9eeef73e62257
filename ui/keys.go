package ui

import (
	"reflect"

	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/demo"
	"loket/ui/dialog"
	"loket/ui/keys"
	"loket/ui/pages"
	"loket/ui/screen"
	"loket/ui/words"
)

// handleKey handles a key of the visitor's keyboard or switch.
func (a *App) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	if isForSwitch, cmd := a.handleSwitch(msg); isForSwitch {
		return cmd
	}
	return a.pressKey(msg)
}

// pressKey does what a key does. It ignores an accidental repeat of the key that opened the current screen or question.
func (a *App) pressKey(msg tea.KeyPressMsg) tea.Cmd {
	if a.isAccidentalRepeat(msg) {
		return nil
	}
	warned := a.isIdleWarningShown()
	a.recordActivity()
	a.themeChanged = false
	if done, cmd := a.handleGlobalKey(msg); done {
		return cmd
	}
	if warned && msg.Text == "" {
		return nil // The key only answers the warning. A character is also typed.
	}
	switch {
	case a.terminal.IsTooSmall():
		return nil // Ignore the key, because the visitor would type without seeing the text.
	case a.dialog != nil:
		return a.handleDialogAnswer(a.dialog.HandleKey(msg))
	case a.isBusy():
		return nil
	}
	switch { // The kiosk scrolls for screens that do not scroll themselves.
	case keys.PageUp.Matches(msg):
		a.viewport.ScrollPage(-1)
	case keys.PageDown.Matches(msg):
		a.viewport.ScrollPage(1)
	}
	if action, isHandled := a.aids.HandleKey(msg); isHandled {
		return a.handleAction(action)
	}
	return a.bindToVisit(a.topScreen().Update(msg))
}

// isAccidentalRepeat records a press, and reports whether it must have no effect because it repeats the last one.
func (a *App) isAccidentalRepeat(msg tea.KeyPressMsg) bool {
	return a.echoFilter.ShouldDrop(msg, a.keyTargetIdentity(), a.desk.Clock.RealNow(), a.aids.IgnoresRepeats)
}

// keyTargetIdentity returns a value that identifies the screen on top and the open question, if any.
func (a *App) keyTargetIdentity() any {
	return struct {
		screen   screen.Screen
		question *dialog.Dialog
	}{a.topScreen(), a.dialog}
}

// handleGlobalKey handles a key that works on every screen. It reports whether the key is such a key.
func (a *App) handleGlobalKey(msg tea.KeyPressMsg) (done bool, cmd tea.Cmd) {
	switch {
	case keys.Language.Matches(msg):
		a.language = a.language.Other()
	case keys.Theme.Matches(msg):
		a.themeName, a.themeChanged = a.themeName.Next(), true
		a.applyTheme()
		a.reader.Announce(words.Concat(keys.Theme.Hint, text.SameInBoth(": "), a.themeName.FooterName()))
	case keys.SlowMode.Matches(msg):
		if !a.visit.IsServiceDesk() { // Its screen locks in time.
			a.toggleSlowMode()
			a.reader.Announce(words.TimeLimitsText(a.visit.IsSlow))
		}
	case keys.Keyboard.Matches(msg):
		a.aids.Keyboard.Toggle()
	case keys.Scanning.Matches(msg):
		return true, a.toggleScanning()
	case keys.PlainFace.Matches(msg) && a.hasPlainFace():
		return true, a.askToGoPlain()
	case keys.LogOut.Matches(msg):
		return true, a.handleLogOutKey()
	case keys.Speech.Matches(msg) && a.hasSpeech():
		a.reader.Toggle(a.columnFrame())
	case keys.RepeatSpeech.Matches(msg) && a.reader.IsOn():
		a.reader.Repeat()
	case keys.SpeechRate.Matches(msg) && a.reader.IsOn():
		a.reader.ChangeRate()
	case keys.Louder.Matches(msg) && a.reader.IsOn():
		a.reader.ChangeVolume(1)
	case keys.Softer.Matches(msg) && a.reader.IsOn():
		a.reader.ChangeVolume(-1)
	case keys.Help.Matches(msg):
		return true, a.toggleScreen(pages.NewHelp(askedFields(a.topScreen()), keys.Explained(a.keyConditions())))
	case keys.KeptData.Matches(msg):
		return true, a.toggleScreen(pages.NewKeptData(a.desk))
	case keys.Demo.Matches(msg):
		if a.options.Demo != nil {
			return true, a.toggleScreen(demo.NewPanel(a.options.Demo))
		}
	case keys.Stop.Matches(msg):
		return true, a.askToStop()
	case keys.IgnoredKeys.Matches(msg):
	default:
		return false, nil
	}
	return true, nil
}

// handleLogOutKey logs a customer out. If the customer would lose something, it asks for confirmation first.
func (a *App) handleLogOutKey() tea.Cmd {
	if !a.visit.HasCustomer() || a.isBusy() {
		return nil
	}
	return a.confirmInputLoss(a.screens.HasUnsavedInput(), a.logOut)
}

// toggleScreen opens a screen. If a screen of the same type is already open, it closes that screen and those above it instead.
func (a *App) toggleScreen(s screen.Screen) tea.Cmd {
	if a.isBusy() || a.dialog != nil || a.terminal.IsTooSmall() {
		return nil
	}
	for i, under := range a.screens.OpenScreens() {
		if reflect.TypeOf(under) == reflect.TypeOf(s) {
			a.screens.KeepLowestScreens(i)
			return nil
		}
	}
	return a.openScreen(s)
}

// handlePaste passes pasted text to the screen on top.
func (a *App) handlePaste(msg tea.PasteMsg) tea.Cmd {
	a.recordActivity()
	if a.dialog != nil || a.isBusy() || a.terminal.IsTooSmall() {
		return nil
	}
	return a.bindToVisit(a.topScreen().Update(msg))
}
