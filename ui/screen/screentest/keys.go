package screentest

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
	"loket/ui/screen"
)

// PressKey makes a screen handle a key, and returns the message of the resulting command.
func PressKey(s screen.Screen, key string) tea.Msg {
	return CmdMessage(s.Update(keys.PressByName(key)))
}

// CmdMessage runs a command and returns its message. It returns nil for a nil command.
func CmdMessage(cmd tea.Cmd) tea.Msg {
	if cmd == nil {
		return nil
	}
	return cmd()
}
