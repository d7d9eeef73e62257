package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/aids"
	"loket/ui/keyboard"
	"loket/ui/screen"
	"loket/ui/screenreader"
	"loket/ui/words"
)

// followFocus tells the aids on which screen and in which line the visitor is.
func (a *App) followFocus() {
	line, isTyping := a.typedLine()
	a.aids.FollowFocus(a.keyTargetIdentity(), line, isTyping, a.desk.Clock.RealNow())
}

// typedLine returns the line that is typed in now. It reports whether there is one.
func (a *App) typedLine() (screen.TypedLine, bool) {
	if t, is := a.topScreen().(screen.Typist); is && a.dialog == nil {
		return t.TypedLine()
	}
	return screen.TypedLine{}, false
}

// handleSwitch handles a key that may be the visitor's switch. isForSwitch reports whether the key must have no other effect.
func (a *App) handleSwitch(msg tea.KeyPressMsg) (isForSwitch bool, cmd tea.Cmd) {
	switch a.aids.HandleSwitch(msg, a.desk.Clock.RealNow()) {
	case aids.TakeLight:
		return true, a.takeLight()
	case aids.TurnScanningOn:
		a.recordActivity()
		return true, a.toggleScanning()
	case aids.IgnoredRepeat:
		a.recordActivity()
		return true, nil
	}
	return false, nil
}

// toggleScanning turns scanning on or off. With scanning, a visit has longer time limits.
func (a *App) toggleScanning() tea.Cmd {
	switch {
	case a.isBusy():
		return nil
	case a.aids.Scanner.IsOn():
		a.aids.Scanner.TurnOff()
		return nil
	}
	if !a.visit.IsSlow && !a.visit.IsServiceDesk() {
		a.toggleSlowMode()
	}
	return a.aids.TurnScanningOn(a.desk.Clock.RealNow())
}

// takeLight takes what was lit when the screen was last drawn.
func (a *App) takeLight() tea.Cmd {
	now, isWarned := a.desk.Clock.RealNow(), a.isIdleWarningShown()
	isTremor := a.aids.RecordSwitch(now)
	a.recordActivity()
	if isTremor || isWarned || a.reader.HasInterruptedScreen() || a.terminal.IsTooSmall() {
		return nil // The press only answers the warning, or interrupts speech.
	}
	if pressed, isItem := a.aids.Scanner.Take(a.aids.Light, now); isItem {
		return a.pressAt(pressed.X, pressed.Y)
	}
	return nil
}

// handleAction does what a zone does that presses no key of the visitor's own keyboard.
func (a *App) handleAction(action tea.Msg) tea.Cmd {
	if a.isBusy() || action == nil || a.aids.HandleAction(action, a.desk.Clock.RealNow()) {
		return nil
	}
	if press, is := action.(keyboard.Press); is {
		return a.typeOnScreen(tea.KeyPressMsg(press))
	}
	return a.navigate(action)
}

// typeOnScreen passes a press of the on-screen keyboard to the screen.
func (a *App) typeOnScreen(press tea.KeyPressMsg) tea.Cmd {
	if a.isAccidentalRepeat(press) {
		return nil
	}
	cmd := a.bindToVisit(a.topScreen().Update(press))
	if press.Text != "" {
		a.aids.Keyboard.RecordTyped()
	}
	return cmd
}

// hasSpeech reports whether the screen can be read out.
func (a *App) hasSpeech() bool { return a.reader.CanSpeak() && !a.visit.IsServiceDesk() }

// readChanges reads out what has changed on the screen because of a message.
func (a *App) readChanges(msg tea.Msg) {
	if !a.reader.IsOn() || a.isAttractShown {
		a.aids.Scanner.Freeze(false, a.desk.Clock.RealNow())
		return
	}
	n, now := a.narration(), a.desk.Clock.RealNow()
	line, _ := a.typedLine()
	lit := litScreen{&a.aids, &a.viewport, line, n, a.options.IsHeadset}.lit(now)
	a.reader.ReadChanges(msg, screenreader.Scene{
		Target: a.keyTargetIdentity(), Narration: n, Language: a.language,
		CustomerName: a.customerName, Warning: words.Longest(a.idleWarning()),
		Aids: screenreader.Aids{Lit: lit, KeyboardOpen: a.aids.Keyboard.IsOpen(), ScanningOn: a.aids.Scanner.IsOn()},
	})
	a.aids.Scanner.Freeze(a.reader.IsSpeaking(), now)
}

// narration returns what the open question or the screen on top has to read out.
func (a *App) narration() screen.Narration {
	if a.dialog != nil {
		return a.dialog.Narrate()
	}
	return screen.NarrateScreen(a.topScreen(), a.screenFrame())
}
