package screentest

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
	"loket/ui/screen"
)

// PressKey gives a key to a screen and returns the message of the command that came of it.
func PressKey(s screen.Screen, key string) tea.Msg { return MessageOf(s.Update(keys.Press(key))) }

// MessageOf returns the message of a command; nil for none.
func MessageOf(cmd tea.Cmd) tea.Msg {
	if cmd == nil {
		return nil
	}
	return cmd()
}
