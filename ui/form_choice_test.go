package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"loket/ui/form"
)

const (
	dutchChosen   = "(•) 1  Nederlands"
	dutchAt       = "▶ (•) 1  Nederlands"
	dutchNot      = "  ( ) 1  Nederlands"
	englishAt     = "▶ (•) 2  Engels"
	englishMarked = "▶ ( ) 2  Engels"
	englishLeft   = "  (•) 2  Engels"
	languageNow   = "voortaan in het Engels"
)

// TestChoice checks that an option can be chosen by Enter, Space, its digit and a click, however the visitor continues after
// that.
func TestChoice(t *testing.T) {
	for _, keys := range [][]string{
		{"down", "enter"},
		{"down", "space", "tab", "enter"},
		{"down", "space", "down", "enter"},
		{"2", "enter"},
		{"right", "right", "enter"},
		{"2", "up", "tab", "enter"},
	} {
		atKiosk(t, Options{}, func(v *visitor) {
			v.settings("2", "3")
			v.sees(dutchAt, "↑↓ ander antwoord", "Enter verder")
			for _, key := range keys {
				v.press(key)
			}
			for range 2 { // Move from the field to the submit button, and beyond it.
				if _, is := v.app.topScreen().(*form.Form); is {
					v.press("enter")
				}
			}
			v.sees(languageNow)
		})
	}
}

// TestMovingIsNotChoosing checks that keys that move the marker change no answer (R31).
func TestMovingIsNotChoosing(t *testing.T) {
	for _, key := range []string{"down", "up", "left", "right", "tab", "shift+tab", "pgdown", "home", "end"} {
		for times := range 9 {
			atKiosk(t, Options{}, func(v *visitor) {
				v.settings("2", "3")
				for range times {
					v.press(key)
				}
				v.sees(dutchChosen)
				v.seesNo("(•) 2  Engels")
			})
		}
	}
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("6", "enter")
		v.fills("Jo de Boer", "0612345678")
		for range 9 {
			v.press("down")
		}
		v.sees("(•) 2  Je account", "(•) 1  maandag")
	})
}

// TestMarker moves the marker through a choice and away from it.
func TestMarker(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.settings("2", "3")
		v.press("down")
		v.sees(dutchChosen, englishMarked, "Enter kiezen en verder")
		v.press("down")
		v.sees(dutchChosen, "▶ [ Verder")
		v.press("up")
		v.sees(dutchAt)
		v.press("down", "space")
		v.sees(dutchNot, englishAt)
		v.press("9", "x")
		v.send(tea.PasteMsg{Content: "1"})
		v.sees(englishAt)
		v.press("shift+tab")
		v.sees(englishLeft)
		v.press("tab")
		v.sees(englishAt)
		v.send(tea.MouseClickMsg{X: 20, Y: v.line("1  Nederlands"), Button: tea.MouseLeft})
		v.sees(dutchAt)
	})
}
