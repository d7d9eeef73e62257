package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

const (
	dutchAt     = "▶ (•) 1  Nederlands"
	dutchLeft   = "  (•) 1  Nederlands"
	englishAt   = "▶ ( ) 2  Engels"
	englishIs   = "▶ (•) 2  Engels"
	languageNow = "voortaan in het Engels"
)

// TestChoice holds that an option is chosen by Enter where the marker is, by
// Space, by its digit, by left and right and by a press, and by nothing else.
func TestChoice(t *testing.T) {
	for _, keys := range [][]string{
		{"down", "enter", "enter"},
		{"down", "space", "tab", "enter"},
		{"2", "enter", "enter"},
		{"right", "down", "enter"},
		{"right", "right", "enter", "enter"},
	} {
		atKiosk(t, Options{}, func(v *visitor) {
			v.settings("2", "3")
			v.sees(dutchAt, "↑↓ ander antwoord", "Enter dit kiezen")
			for _, key := range keys {
				if v.app.top().(*form).options() == nil && key == "enter" {
					v.sees("▶ Verder", "Enter verder")
				}
				v.press(key)
				if _, is := v.app.top().(*ending); is {
					break
				}
			}
			v.sees(languageNow)
		})
	}
	atKiosk(t, Options{}, func(v *visitor) {
		v.settings("2", "3")
		v.press("down")
		v.sees(dutchLeft, englishAt)
		v.press("down")
		v.sees(dutchLeft, "▶ Verder")
		v.press("up")
		v.sees(englishAt)
		v.press("up")
		v.sees(dutchAt)
		v.press("9", "x")
		v.send(tea.PasteMsg{Content: "2"})
		v.sees(dutchAt)
		v.press("shift+tab", "tab")
		v.sees(dutchAt)
		v.press("up", "up")
		v.sees(englishAt)
		v.press("tab", "tab")
		v.sees(dutchAt)
		rows := v.app.top().(*form).fields[0].rows
		v.send(tea.MouseClickMsg{X: 20, Y: v.app.sight.y + rows[1].From, Button: tea.MouseLeft})
		v.sees(englishIs)
	})
}
