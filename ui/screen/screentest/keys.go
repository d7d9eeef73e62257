package screentest

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
	"loket/ui/screen"
)

// PressKey makes a screen handle a key, and returns the message of the resulting command.
func PressKey(s screen.Screen, key string) tea.Msg { return MessageOf(s.Update(keys.Press(key))) }

// MessageOf runs a command and returns its message. It returns nil for a nil command.
func MessageOf(cmd tea.Cmd) tea.Msg {
	if cmd == nil {
		return nil
	}
	return cmd()
}
