package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"loket/ui/scanning"
	"loket/ui/screen"
	"loket/ui/theme"
)

// switchAid is scanning with one switch, as an aid of the visit.
type switchAid struct {
	scanner scanning.Scanner
	hold    scanning.Hold
	light   scanning.Light // light is what was lit when the screen was last drawn.
	target  any            // target is the screen or question on which the light moves.
	takenAt time.Time      // takenAt is when the switch was last pressed.
}

// scanTick is the message that the light may have moved.
type scanTick struct{}

// maxScanTick is the longest time between two ticks, so that a faster pace has effect soon.
const maxScanTick = 500 * time.Millisecond

// minSwitchInterval is the least time between two presses of the switch. A press that comes sooner is a tremor.
const minSwitchInterval = 300 * time.Millisecond

// handleSwitch handles a key that may be the visitor's switch. Held down, it turns scanning on; while scanning is on, it takes
// what is lit. isForSwitch reports whether the key must have no other effect.
func (a *App) handleSwitch(msg tea.KeyPressMsg) (isForSwitch bool, cmd tea.Cmd) {
	if !isSwitchKey(msg) {
		return false, nil
	}
	isHeld, isRepeat := a.aids.hold.RecordPress(msg.String(), a.desk.Clock.RealNow())
	switch {
	case a.aids.scanner.IsOn() && isRepeat:
		a.recordActivity()
		return true, nil
	case a.aids.scanner.IsOn():
		return true, a.takeLight()
	case isHeld:
		a.recordActivity()
		return true, a.toggleScanning()
	case isRepeat:
		a.recordActivity()
	}
	return isRepeat, nil
}

// toggleScanning turns scanning on or off. With scanning, a visit has longer time limits and the on-screen keyboard.
func (a *App) toggleScanning() tea.Cmd {
	switch {
	case a.isBusy():
		return nil
	case a.aids.scanner.IsOn():
		a.aids.scanner.TurnOff()
		return nil
	}
	a.aids.scanner.TurnOn(a.desk.Clock.RealNow())
	a.aids.keyboard.Offer()
	a.aids.keyboard.RecordLine()
	if !a.visit.IsSlow && !a.visit.IsServiceDesk() {
		a.toggleSlowMode()
	}
	if a.isScanTicking {
		return nil
	}
	a.isScanTicking = true
	return a.nextScanTick()
}

// changeScanning does what the line of scanning offers.
func (a *App) changeScanning(action scanning.Action) tea.Cmd {
	switch action {
	case scanning.Slower:
		a.aids.scanner.ChangePace(1)
	case scanning.Faster:
		a.aids.scanner.ChangePace(-1)
	case scanning.Stop:
		return a.toggleScanning()
	}
	a.aids.scanner.Restart(a.desk.Clock.RealNow())
	return nil
}

func (a *App) nextScanTick() tea.Cmd {
	until := min(a.aids.scanner.NextStep(a.desk.Clock.RealNow()), maxScanTick)
	return tea.Tick(until, func(time.Time) tea.Msg { return scanTick{} })
}

// handleScanTick waits for the next move of the light. The ticks end when scanning is off.
func (a *App) handleScanTick() tea.Cmd {
	if a.isScanTicking = a.aids.scanner.IsOn(); !a.isScanTicking {
		return nil
	}
	return a.nextScanTick()
}

// takeLight takes what was lit when the screen was last drawn.
func (a *App) takeLight() tea.Cmd {
	now, isWarned := a.desk.Clock.RealNow(), a.isIdleWarningShown()
	isTremor := now.Sub(a.aids.takenAt) < minSwitchInterval
	a.aids.takenAt = now
	a.recordActivity()
	if isTremor || isWarned || a.terminal.isTooSmall() {
		return nil // The press only answers the warning.
	}
	if pressed, isItem := a.aids.scanner.Take(a.aids.light, now); isItem {
		return a.pressAt(pressed.X, pressed.Y)
	}
	return nil
}

// drawLight draws the light over the screen, puts the cursor in it, and writes in the line of scanning what is lit.
func (a *App) drawLight(content string, cursor *tea.Cursor, f screen.Frame) (string, *tea.Cursor) {
	var question []screen.KeyZone
	if a.dialog != nil {
		question = a.dialog.Zones()
	}
	a.aids.light = a.aids.scanner.LightAt(a.viewport.scanRows(question), a.desk.Clock.RealNow())
	lit := a.aids.light.Targets
	if len(lit) == 0 {
		return content, cursor
	}
	lines := strings.Split(content, "\n")
	var names []string
	for _, t := range lit {
		for y := t.Y; y < min(t.Y+t.Height, len(lines)); y++ {
			line := screen.Pad(lines[y], max(lipgloss.Width(lines[y]), t.X+t.Width))
			text := ansi.Strip(ansi.Cut(line, t.X, t.X+t.Width))
			if name := strings.Trim(text, " "+theme.FocusMarker); name != "" {
				names = append(names, strings.Join(strings.Fields(name), " "))
				lines[y] = overlay(line, t.X, f.Theme.Chosen.Render(text))
			}
		}
	}
	if at := a.viewport.bar; at.Y < len(lines) {
		name := f.Truncate(theme.FocusMarker+" "+strings.Join(names, " "), at.Width)
		lines[at.Y] = overlay(lines[at.Y], at.X, f.Theme.Strong.Render(name))
	}
	return strings.Join(lines, "\n"), screen.NewCursor(lit[0].X, lit[0].Y)
}

// overlay writes text over the cells of a line from x.
func overlay(line string, x int, text string) string {
	return ansi.Truncate(line, x, "") + text + ansi.TruncateLeft(line, x+lipgloss.Width(text), "")
}
