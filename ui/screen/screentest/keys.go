package screentest

import (
	tea "charm.land/bubbletea/v2"

	"loket/ui/keys"
	"loket/ui/screen"
)

// Press gives a key to a screen and returns the message of the command that came of it.
func Press(s screen.Screen, key string) tea.Msg { return After(s.Update(keys.Press(key))) }

// After returns the message of a command; nil for none.
func After(cmd tea.Cmd) tea.Msg {
	if cmd == nil {
		return nil
	}
	return cmd()
}
