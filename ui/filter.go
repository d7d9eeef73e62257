package ui

import (
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// filter keeps from the kiosk what would end or stop it without anybody having
// asked for that, and makes sense of the function keys of the Linux console.
func (a *App) filter() func(tea.Model, tea.Msg) tea.Msg {
	var keys consoleKeys
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		switch msg.(type) {
		case tea.QuitMsg:
			if !a.stopped {
				return nil
			}
		case tea.InterruptMsg, tea.SuspendMsg:
			return nil
		}
		return keys.filter(msg)
	}
}

// consoleKeys puts together F1 to F5, for which the Linux console sends
// "ESC [ [ A" to "ESC [ [ E" (console_codes(4)). Bubble Tea takes that for an
// unknown sequence and a letter, which would be typed into the field.
type consoleKeys struct{ begun bool }

func (k *consoleKeys) filter(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case uv.UnknownCsiEvent:
		k.begun = msg == "\x1b[["
		return nil
	case tea.KeyPressMsg:
		begun := k.begun
		k.begun = false
		if begun && len(msg.Text) == 1 && 'A' <= msg.Text[0] && msg.Text[0] <= 'E' {
			return tea.KeyPressMsg{Code: tea.KeyF1 + rune(msg.Text[0]-'A')}
		}
	}
	return msg
}
