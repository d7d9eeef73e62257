package ui

import (
	"testing"

	"loket/ui/theme"
)

// TestAssistance checks that what suits the desk to a visitor is the last item of every menu, does
// what the keys do, and leaves a form as it was.
func TestAssistance(t *testing.T) {
	const name = "Taal, weergave en hulp"
	for _, come := range []func(*visitor){
		func(v *visitor) {},
		func(v *visitor) { v.press("3") },
		func(v *visitor) { v.press("4") },
		func(v *visitor) { v.logsIn(); v.press("esc") },
		func(v *visitor) { v.settings() },
		func(v *visitor) { v.settings("1") },
	} {
		atKiosk(t, Options{}, func(v *visitor) {
			come(v)
			v.press("up") // round to the last
			v.sees(name)
			v.press("enter", "1")
			v.sees("Language, view and help", "Dit loket in het Nederlands")
			v.press("1", "2")
			v.sees("Nu: hoog contrast")
			if v.app.theme.Name != theme.Contrast {
				t.Errorf("the theme is %s", v.app.theme.Name)
			}
			v.press("3")
			v.sees("Neem de tijd")
			v.press("4")
			v.sees("deze hulp openen of sluiten")
			v.press("esc", "5")
			v.sees("NN bewaart wat je hier doet")
			v.press("esc", "esc")
			v.sees(name)
		})
	}
}

// TestHelpAboutScreen checks that help says of each field where its answer is found.
func TestHelpAboutScreen(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.press("3", "2")
		v.types("1-2")
		v.press("f8")
		v.sees("Productnummer", "Je productnummer staat op je polisblad", "Toetsen")
		v.press("f8")
		v.sees("[ 1-2 ")
	})
}

// TestKeptFromAttract checks that anybody can read what is kept before they begin.
func TestKeptFromAttract(t *testing.T) {
	for _, come := range []func(*visitor){func(v *visitor) { v.press("f3") }, func(v *visitor) { v.press("ctrl+o") }, func(v *visitor) { v.clicks("F3 ") }} {
		atKiosk(t, Options{WalkIn: true}, func(v *visitor) {
			come(v)
			v.sees("NN bewaart wat je hier doet")
			v.press("esc")
			v.sees("Waarmee kunnen we je helpen?")
		})
	}
}
