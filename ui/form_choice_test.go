package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"loket/ui/form"
)

const (
	dutchAt     = "▶ (•) 1  Nederlands"
	dutchNot    = "  ( ) 1  Nederlands"
	englishAt   = "▶ (•) 2  Engels"
	englishLeft = "  (•) 2  Engels"
	languageNow = "voortaan in het Engels"
)

// TestChoice holds that an option is chosen by arrows, its digit and a press,
// however the visitor goes on from there.
func TestChoice(t *testing.T) {
	for _, keys := range [][]string{
		{"down", "enter"},
		{"down", "tab", "enter"},
		{"down", "space", "enter"},
		{"down", "down", "enter"},
		{"down", "shift+tab", "shift+tab", "shift+tab", "enter"},
		{"2", "enter"},
		{"right", "right", "enter"},
	} {
		atKiosk(t, Options{}, func(v *visitor) {
			v.settings("2", "3")
			v.sees(dutchAt, "↑↓ ander antwoord", "Enter verder")
			for _, key := range keys {
				v.press(key)
			}
			for range 2 { // from the field to what submits, and on
				if _, is := v.app.top().(*form.Form); is {
					v.press("enter")
				}
			}
			v.sees(languageNow)
		})
	}
}

// TestMarkerIsAtWhatIsChosen walks through a choice and away from it.
func TestMarkerIsAtWhatIsChosen(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.settings("2", "3")
		v.press("down")
		v.sees(dutchNot, englishAt)
		v.press("down")
		v.sees(dutchNot, englishLeft, "▶ Verder")
		v.press("up")
		v.sees(englishAt)
		v.press("9", "x")
		v.send(tea.PasteMsg{Content: "1"})
		v.sees(englishAt)
		v.press("shift+tab")
		v.sees(englishLeft)
		v.press("tab")
		v.sees(englishAt)
		v.press("up")
		v.sees(dutchAt)
		v.send(tea.MouseClickMsg{X: 20, Y: v.line("2  Engels"), Button: tea.MouseLeft})
		v.sees(dutchNot, englishAt)
	})
}
