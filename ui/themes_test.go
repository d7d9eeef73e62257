package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"loket/ui/theme"
)

// TestThemes checks that Ctrl+T and F7 cycle through the themes, and that the footer names the
// chosen theme until the next key (R16).
func TestThemes(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
		for _, names := range []string{"Ctrl+T hoog contrast", "Ctrl+T meer ruimte", "Ctrl+T beide", "Ctrl+T gewoon"} {
			v.press("f7")
			v.sees(names)
		}
		v.press("down")
		v.sees("Ctrl+T weergave")

		v.press("ctrl+t", "ctrl+t", "1")
		v.sees("▶ Activatienummer", "Ctrl+T weergave")
		if v.app.theme.Name != theme.Spacious {
			t.Errorf("on the next screen the theme is %s", v.app.theme.Name)
		}
		v.press("esc")
		v.waits(2 * time.Minute)
		if v.app.theme.Name != theme.Normal {
			t.Errorf("the next visitor finds the theme %s", v.app.theme.Name)
		}
	})
	atKiosk(t, Options{Theme: theme.SpaciousContrast}, func(v *visitor) {
		if v.app.theme.Name != theme.SpaciousContrast {
			t.Errorf("a visit that should begin with the theme both has %s", v.app.theme.Name)
		}
	})
}

// TestPaper checks that a high-contrast theme is white on black on any terminal, and that the colours of the terminal are
// reset afterwards.
func TestPaper(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.send(tea.ColorProfileMsg{Profile: colorprofile.ANSI256})
		for press, want := range []bool{true, false, true, false} {
			v.press("ctrl+t")
			if view := v.app.View(); (view.BackgroundColor != nil) != want || (view.ForegroundColor != nil) != want {
				t.Errorf("after %d times the terminal is %v on %v", press+1, view.ForegroundColor, view.BackgroundColor)
			}
		}
	})
}

// TestRoom checks that a menu has gaps in the spacious theme without scrolling at 80 by 24, and that a click on a gap counts
// for the item above it.
func TestRoom(t *testing.T) {
	atKiosk(t, Options{Theme: theme.Spacious}, func(v *visitor) {
		v.seesNo("▼", "▲")
		click := func(y int) { v.send(tea.MouseClickMsg{X: 6, Y: y, Button: tea.MouseLeft}) }
		click(v.line("2  Inloggen") + 1)
		v.sees("Inloggen", "▶ Gebruikersnaam")
		click(v.line("Wachtwoord") + 1)
		v.sees("▶ Wachtwoord")
	})
	atKiosk(t, Options{Theme: theme.Spacious}, func(v *visitor) {
		v.resize(60, 20)
		v.press("up")
		v.sees("▶ 7  Taal, weergave en hulp", "English, groter, of meer tijd")
	})
}
