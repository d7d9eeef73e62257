package tty

import (
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// ConsoleKeys recognises the keys F1 to F5 on the Linux console, which sends "ESC [ [ A" to "ESC [ [ E" for them
// (console_codes(4)). Bubble Tea reads this as an unknown sequence and a letter, and the letter would be typed into a field.
type ConsoleKeys struct{ hasSeenPrefix bool }

// FilterMessage filters the messages of Bubble Tea; it is for tea.WithFilter.
func (k *ConsoleKeys) FilterMessage(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case uv.UnknownCsiEvent:
		k.hasSeenPrefix = msg == "\x1b[["
		return nil
	case tea.CapabilityMsg:
		return nil // The desk did not ask for this message, and Bubble Tea would react to it.
	case tea.KeyPressMsg:
		begun := k.hasSeenPrefix
		k.hasSeenPrefix = false
		if begun && len(msg.Text) == 1 && 'A' <= msg.Text[0] && msg.Text[0] <= 'E' {
			return tea.KeyPressMsg{Code: tea.KeyF1 + rune(msg.Text[0]-'A')}
		}
	}
	return msg
}
