package screentest

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"loket/ui/screen"
)

var keys = map[string]rune{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
	"tab": tea.KeyTab, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "f6": tea.KeyF6, "f7": tea.KeyF7, "f8": tea.KeyF8, "f10": tea.KeyF10,
}

// Key returns a press by its name, as in "esc", "ctrl+l", "1".
func Key(name string) tea.KeyPressMsg {
	bare, press := name, tea.KeyPressMsg{}
	if rest, is := strings.CutPrefix(name, "ctrl+"); is {
		bare, press.Mod = rest, tea.ModCtrl
	}
	if rest, is := strings.CutPrefix(name, "shift+"); is {
		bare, press.Mod = rest, tea.ModShift
	}
	if code, is := keys[bare]; is {
		press.Code = code
		return press
	}
	press.Code = []rune(bare)[0]
	if press.Mod == 0 {
		press.Text = bare
	}
	return press
}

// Press gives a key to a screen and returns the message of the command that came of it.
func Press(s screen.Screen, key string) tea.Msg { return After(s.Update(Key(key))) }

// After returns the message of a command; nil for none.
func After(cmd tea.Cmd) tea.Msg {
	if cmd == nil {
		return nil
	}
	return cmd()
}
