package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/layout"
	"loket/ui/theme"
)

// scanned are screens while scanning is on.
var scanned = map[string]func(*visitor){
	"scanning":        func(v *visitor) { v.press("f12") },
	"scanning_row":    func(v *visitor) { v.press("2", "f12"); v.takesRow("q") },
	"scanning_secret": func(v *visitor) { v.hasApp(); v.press("2"); v.fills("csmit80"); v.press("f12") },
	"scanning_dialog": func(v *visitor) { v.press("1"); v.types("4816"); v.press("f12", "esc") },
}

// takesRow takes the row of the on-screen keyboard that has a sign.
func (v *visitor) takesRow(sign string) {
	y := v.line("[ " + sign + " ]")
	v.waitsForLight(v.app.viewport.Keyboard[0].X, y)
	v.send(keys.PressByName("space"))
}

// TestScanned compares screens with golden files while scanning is on.
func TestScanned(t *testing.T) {
	for name, come := range scanned {
		for _, language := range []text.Language{text.Dutch, text.English} {
			atKiosk(t, Options{Language: language}, func(v *visitor) {
				come(v)
				pictured(t, name+"."+string(language), v.screen())
			})
		}
	}
}

// TestLightSeen checks that what is lit looks different in every theme, also without colours, and that the cursor is there.
func TestLightSeen(t *testing.T) {
	for _, name := range []theme.Name{theme.Normal, theme.Contrast, theme.Spacious, theme.SpaciousContrast} {
		atKiosk(t, Options{Theme: name}, func(v *visitor) {
			v.press("f12")
			first := v.app.View()
			time.Sleep(v.app.aids.Scanner.Pace())
			second := v.app.View()
			if first.Content == second.Content || first.Cursor.Y == second.Cursor.Y {
				t.Errorf("%s: the light does not move", name)
			}
			if ansi.Strip(first.Content) == ansi.Strip(second.Content) {
				t.Errorf("%s: without styles, nothing says what is lit", name)
			}
		})
	}
}

// TestSwitchIsTaken checks that a press anywhere takes what is lit, that a tremor takes nothing twice, and that a press after the
// warning only answers it.
func TestSwitchIsTaken(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("f12")
		v.sees("Neem de tijd", "▶ 1 Account activeren")
		touch(v, 70, 12)
		v.sees("Activatienummer")
		v.send(keys.PressByName("space"))
		v.sees("▶ [ 1 ]")
		v.press("f12")
		v.seesNo("langzamer")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2", "f12")
		v.waits(2*time.Minute + 50*time.Second)
		v.seesNo("Ben je er nog?")
		v.waits(20 * time.Second)
		v.sees("Ben je er nog?")
		before := v.app.aids.Scanner
		v.send(keys.PressByName("space"))
		v.seesNo("Ben je er nog?")
		if v.app.aids.Scanner != before {
			t.Error("the press took what was lit")
		}
	})
}

// TestPaceChosen checks that the visitor makes the light slower and faster, and stops scanning, by the switch alone.
func TestPaceChosen(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("f12")
		for _, c := range []struct{ press, pace string }{{"langzamer", "3 s"}, {"sneller", "2 s"}, {"sneller", "1,5 s"}} {
			before := v.line("langzamer")
			for _, z := range v.app.viewport.Zones {
				if z.Y == before && ansi.Cut(ansi.Strip(v.styledLine(before)), z.X, z.X+z.Width) == c.press {
					scanTo(v, z.X, z.Y)
					break
				}
			}
			v.sees(c.pace + "  langzamer")
		}
	})
}

// TestAidsEnd checks that the aids last for the visit, and that the next visitor begins without them.
func TestAidsEnd(t *testing.T) {
	atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
		oneSwitch.begin(v)
		v.sees("langzamer", "Waarmee kunnen we je helpen?")
		v.press("2", "esc")
		v.sees("langzamer")
		v.waits(20 * time.Minute)
		v.sees("druk op een toets")
		v.press("x", "2")
		v.seesNo("langzamer", "[ q ]")
	})
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("7", "6", "esc", "2")
		v.sees("[ q ]")
		v.press("esc", "1")
		v.sees("[ 7 ]", "[ abc ]")
		v.seesNo("[ q ]")
		v.resize(layout.MinWidth, layout.MinHeight)
		v.press("f12")
		v.sees("[7]", "langzamer")
		v.press("f12", "esc", "2")
		v.sees("Voor het toetsenbord is dit venster te")
	})
}

// TestSecretNotMarked checks that a touched key of a secret leaves no trace, and that somebody who uses arrows is warned.
func TestSecretNotMarked(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("2")
		v.fills("csmit80")
		v.press("f11")
		before := v.line("[ s ]")
		keyboard := v.styledLine(before)
		v.clicks(" s ]")
		v.sees("[ • ")
		if v.styledLine(before) != keyboard {
			t.Error("the key that was pressed is marked")
		}
		v.seesNo("wie meekijkt")
		v.press("down")
		v.sees("wie meekijkt")
	})
}

// styledLine returns a line of the screen with its styles.
func (v *visitor) styledLine(y int) string {
	return strings.Split(v.app.View().Content, "\n")[y]
}
