package screentest

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
	"loket/ui/screen"
)

// PressKey has a screen handle a key, and returns the message of the resulting command.
func PressKey(s screen.Screen, key string) tea.Msg { return MessageOf(s.Update(keys.Press(key))) }

// MessageOf returns the message of a command; nil for a nil command.
func MessageOf(cmd tea.Cmd) tea.Msg {
	if cmd == nil {
		return nil
	}
	return cmd()
}
