package ui

import (
	"testing"
	"time"

	"loket/ui/handover"
)

// TestPlainFaceOffered checks that the plain face is offered only where there is one, by the menu and the help page. A visitor with one
// switch, which types no lines, stays.
func TestPlainFaceOffered(t *testing.T) {
	for _, has := range []bool{true, false} {
		o := Options{}
		if has {
			o.Handover = &handover.Relay{}
		}
		atKiosk(t, o, func(v *visitor) {
			check := func(want bool, parts ...string) {
				t.Helper()
				if want {
					v.sees(parts...)
				} else {
					v.seesNo(parts...)
				}
			}
			v.press("7")
			check(has, "8  Alleen tekst")
			v.press("esc", "f1", "end")
			check(has, "Ctrl+E")
			v.press("f1", "ctrl+e")
			check(has, "Verder in alleen tekst?", "typ je op een")
			v.press("esc")
			v.press("f12", "ctrl+e")
			check(false, "Verder in alleen tekst?")
			check(has, "Daar typ je op een toetsenbord.", "▶ [ Hier blijven ]")
		})
	}
}

// TestOnlyTouch checks that a visitor who only touches the screen is not offered a face on which lines must be typed, until a key was
// pressed, and that the next visitor is.
func TestOnlyTouch(t *testing.T) {
	const item, tooSmall = "Alleen tekst", "Ctrl+E"
	atKiosk(t, Options{WalkIn: true, Handover: &handover.Relay{}}, func(v *visitor) {
		v.clicks("om te beginnen")
		v.clicks("Taal, weergave en hulp")
		v.sees("Toetsenbord")
		v.seesNo(item)
		v.clicks("Hulp")
		v.seesNo(tooSmall)
		v.clicks("Esc terug")
		v.resize(30, 8)
		v.seesNo(tooSmall)
		v.resize(80, 24)
		time.Sleep(time.Second) // Else the press would count as a repeat of the click.
		v.press("esc", "7")
		v.sees(item)
		v.press("esc")
		v.waits(20 * time.Minute)
		v.press("enter", "7")
		v.sees(item)
		v.press("f12", "esc", "7")
		v.seesNo(item)
	})
}
