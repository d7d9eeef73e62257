package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/layout"
	"loket/ui/screen"
)

// handleClick handles a click with the left mouse button, or a touch.
func (a *App) handleClick(msg tea.MouseClickMsg) tea.Cmd {
	switch {
	case msg.Button != tea.MouseLeft:
		return nil
	case a.aids.Scanner.IsOn():
		return a.takeLight()
	}
	a.recordActivity()
	return a.pressAt(msg.X, msg.Y)
}

// pressAt presses what is drawn at x, y on the terminal.
func (a *App) pressAt(x, y int) tea.Cmd {
	if zone, on := a.viewport.ZoneAt(x, y); on {
		if zone.Action != nil {
			return a.handleAction(zone.Action)
		}
		return a.pressKey(zone.Key)
	}
	switch {
	case a.terminal.IsTooSmall():
		return nil
	case a.dialog != nil:
		return a.handleDialogAnswer(a.dialog.HandleClick(x, y))
	case a.isBusy():
		return nil
	}
	if at, on := a.viewport.PagePosition(x, y); on {
		return a.bindToVisit(a.topScreen().Update(at))
	}
	return nil
}

// handleWheel scrolls the screen on top.
func (a *App) handleWheel(msg tea.MouseWheelMsg) tea.Cmd {
	a.recordActivity()
	if r, is := a.topScreen().(screen.LineScroller); is {
		r.ScrollLines(layout.WheelLines(msg))
	} else {
		a.viewport.TopLine += layout.WheelLines(msg)
	}
	return nil
}
