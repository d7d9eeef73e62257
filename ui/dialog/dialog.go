// Package dialog is a question that goes before everything else on the screen: what it
// asks, the keys and presses that answer it, and how it is drawn over what stands there.
//
// Start at Dialog. What an answer does is for whoever asks.
package dialog

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/words"
)

// A Dialog is a question. The first of its choices is the harmless one (R31): it is chosen
// to begin with, and it is what Esc means.
type Dialog struct {
	Asks, Tells text.Text
	Choices     []Choice

	chosen int
	zones  []zone // of the choices, as drawn last
}

// A Choice is one of the answers.
type Choice struct {
	Label text.Text
	Then  func() tea.Cmd // what it does; nil if it leaves everything as it was
}

// Keys names the keys that answer.
func (d *Dialog) Keys() []keys.Binding {
	return []keys.Binding{
		keys.LeftRight, keys.Enter.As(text.New("bevestigen", "confirm")), keys.Esc.As(words.LowerFirst(d.Choices[0].Label)),
	}
}

// Press handles a key. It returns the answer, or nil as long as there is no answer.
func (d *Dialog) Press(msg tea.KeyPressMsg) *Choice {
	all := len(d.Choices)
	switch {
	case keys.Left.Matches(msg), keys.Up.Matches(msg), keys.ShiftTab.Matches(msg):
		d.chosen = (d.chosen + all - 1) % all
	case keys.Right.Matches(msg), keys.Down.Matches(msg), keys.Tab.Matches(msg):
		d.chosen = (d.chosen + 1) % all
	case keys.Esc.Matches(msg):
		return &d.Choices[0]
	case keys.Enter.Matches(msg), keys.Space.Matches(msg):
		return &d.Choices[d.chosen]
	}
	return nil
}

// Click handles a press on the terminal. It returns the answer that was pressed, or nil.
func (d *Dialog) Click(x, y int) *Choice {
	for i, z := range d.zones {
		if y == z.y && z.x <= x && x < z.x+z.width {
			return &d.Choices[i]
		}
	}
	return nil
}
