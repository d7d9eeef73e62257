package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestFunctionKeys checks that a kiosk, a Linux console and a narrow column show the names of function keys instead of Ctrl
// keys, and that both always work (R16).
func TestFunctionKeys(t *testing.T) {
	kiosk := []string{"F6 English", "F8 hulp", "F7 weergave", "F2 meer tijd"}
	for name, test := range map[string]struct {
		walkIn bool
		term   string
		width  int
		sees   []string
	}{
		"kiosk":    {true, "xterm", 80, kiosk},
		"console":  {false, "linux", 80, kiosk},
		"terminal": {false, "xterm", 80, []string{"Ctrl+L English", "Ctrl+G hulp", "Ctrl+T weergave", "Ctrl+Y meer tijd"}},
		"narrow":   {false, "xterm", 60, kiosk},
	} {
		t.Run(name, func(t *testing.T) {
			atKiosk(t, Options{WalkIn: test.walkIn}, func(v *visitor) {
				v.send(tea.EnvMsg{"TERM=" + test.term})
				v.resize(test.width, 24)
				if test.walkIn {
					v.press("space") // This key begins the visit.
				}
				v.sees(test.sees...)
				v.clicks(test.sees[0])
				v.sees("How can we help you?")
				v.press("f6")
				v.sees("Waarmee kunnen we je helpen?")
				v.press("f1")
				v.sees("deze hulp openen of sluiten")
				v.press("f8", "ctrl+g")
				v.sees("deze hulp openen of sluiten")
			})
		})
	}
}
