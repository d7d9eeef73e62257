package bars

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/keys"
)

// moveNames has what speech says for the keys that move, by the Bubble Tea names of their presses.
var moveNames = map[string]text.Text{
	"up": text.New("omhoog", "up"), "down": text.New("omlaag", "down"), "left": text.New("naar links", "left"), "right": text.New("naar rechts", "right"),
	"pgup": text.New("terugbladeren", "scroll back"), "pgdown": text.New("verderbladeren", "scroll on"),
}

// spokenName returns what speech says for a press of a key: its direction, or else its effect.
func spokenName(key keys.Binding, press tea.KeyPressMsg) text.Text {
	if name, is := moveNames[press.String()]; is {
		return name
	}
	return key.Hint
}
