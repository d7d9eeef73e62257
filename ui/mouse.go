package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/screen"
)

// handleClick handles a click with the left mouse button, or a touch.
func (a *App) handleClick(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	a.recordActivity()
	if press, on := a.viewport.keyAt(msg.X, msg.Y); on {
		return a.handleKey(press)
	}
	switch {
	case a.terminal.isTooSmall():
		return nil
	case a.dialog != nil:
		return a.handleAnswer(a.dialog.Click(msg.X, msg.Y))
	case a.isBusy():
		return nil
	}
	if at, on := a.viewport.pagePosition(msg.X, msg.Y); on {
		return a.bindToVisit(a.topScreen().Update(at))
	}
	return nil
}

// wheelLines is the number of lines that one notch of the mouse wheel scrolls.
const wheelLines = 3

func (a *App) handleWheel(msg tea.MouseWheelMsg) tea.Cmd {
	a.recordActivity()
	lines := 0
	switch msg.Button {
	case tea.MouseWheelUp:
		lines = -wheelLines
	case tea.MouseWheelDown:
		lines = wheelLines
	}
	if r, is := a.topScreen().(screen.LineScroller); is {
		r.ScrollLines(lines)
	} else {
		a.viewport.topLine += lines
	}
	return nil
}
