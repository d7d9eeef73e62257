package ui

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/screen"
)

// click handles a press on the terminal, if it has a mouse or can be touched.
func (a *App) click(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	a.touch()
	if press, on := a.viewport.keyAt(msg.X, msg.Y); on {
		return a.key(press)
	}
	switch {
	case a.terminal.tooSmall():
		return nil
	case a.dialog != nil:
		return a.answered(a.dialog.Click(msg.X, msg.Y))
	case a.busy():
		return nil
	}
	if at, on := a.viewport.toPage(msg.X, msg.Y); on {
		return a.guard(a.top().Update(at))
	}
	return nil
}

// wheelLines is how far a notch of the wheel scrolls.
const wheelLines = 3

func (a *App) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	a.touch()
	lines := 0
	switch msg.Button {
	case tea.MouseWheelUp:
		lines = -wheelLines
	case tea.MouseWheelDown:
		lines = wheelLines
	}
	if r, is := a.top().(screen.Roller); is {
		r.Roll(lines)
	} else {
		a.viewport.top += lines
	}
	return nil
}
