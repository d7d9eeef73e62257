package keys

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// codesByName maps the names of keys without a character to their codes.
var codesByName = map[string]rune{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
	"tab": tea.KeyTab, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace,
	"insert": tea.KeyInsert, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6, "f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "f11": tea.KeyF11, "f12": tea.KeyF12,
}

// PressByName returns the key press with the given Bubble Tea name, such as "esc", "ctrl+l" or "1".
func PressByName(name string) tea.KeyPressMsg {
	bare, press := name, tea.KeyPressMsg{}
	if rest, is := strings.CutPrefix(bare, "ctrl+"); is {
		bare, press.Mod = rest, press.Mod|tea.ModCtrl
	}
	if rest, is := strings.CutPrefix(bare, "shift+"); is {
		bare, press.Mod = rest, press.Mod|tea.ModShift
	}
	if code, is := codesByName[bare]; is {
		press.Code = code
		return press
	}
	if bare == "space" {
		bare = " "
	}
	press.Code = []rune(bare)[0]
	if press.Mod == 0 {
		press.Text = bare
	}
	return press
}
