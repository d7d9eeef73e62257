// Package dialog shows a question that must be answered before the visitor can continue: its text, the keys and clicks that
// answer it, and how it is drawn over the page. The caller acts on the answer.
//
// Start at Dialog.
package dialog

import (
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/words"
)

// A Dialog is a question with choices. Its first choice must be the harmless one, because that choice has the focus at first
// and Esc chooses it (R31).
type Dialog struct {
	Question, Explanation text.Text
	Choices               []Choice

	focusIndex int
	zones      []zone // zones are the places of the choices, when the dialog was last drawn.
}

// A Choice is one of the possible answers.
type Choice struct {
	Label text.Text
	Then  func() tea.Cmd // Then returns the command that acts on the answer. It is nil if the answer changes nothing.
}

// Keys returns the keys that answer the question, for the footer.
func (d *Dialog) Keys() []keys.Binding {
	return []keys.Binding{
		keys.LeftRight, keys.Enter.WithHint(text.New("bevestigen", "confirm")), keys.Esc.WithHint(words.LowerFirst(d.Choices[0].Label)),
	}
}

// HandleKey handles a key. It returns the chosen answer, or nil if the key did not choose an answer.
func (d *Dialog) HandleKey(msg tea.KeyPressMsg) *Choice {
	all := len(d.Choices)
	switch {
	case keys.Left.Matches(msg), keys.Up.Matches(msg), keys.ShiftTab.Matches(msg):
		d.focusIndex = (d.focusIndex + all - 1) % all
	case keys.Right.Matches(msg), keys.Down.Matches(msg), keys.Tab.Matches(msg):
		d.focusIndex = (d.focusIndex + 1) % all
	case keys.Esc.Matches(msg):
		return &d.Choices[0]
	case keys.Enter.Matches(msg), keys.Space.Matches(msg):
		return &d.Choices[d.focusIndex]
	}
	return nil
}

// Zones returns where the answers were drawn last, on the terminal.
func (d *Dialog) Zones() (all []screen.KeyZone) {
	for _, z := range d.zones {
		all = append(all, screen.KeyZone{X: z.x, Y: z.y, Width: z.width})
	}
	return all
}

// HandleClick handles a click at x, y on the terminal. It returns the answer at that position, or nil.
func (d *Dialog) HandleClick(x, y int) *Choice {
	for i, z := range d.zones {
		if y == z.y && z.x <= x && x < z.x+z.width {
			return &d.Choices[i]
		}
	}
	return nil
}
