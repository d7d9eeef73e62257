package ui

import (
	"testing"

	"loket/ui/theme"
)

// TestAssistance checks that the assistance screen is the last item of every menu, that its items have the effect of the keys,
// and that it leaves a form unchanged.
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
			v.press("up") // From the first item, up wraps around to the last.
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

// TestHelpAboutScreen checks that the help says, for each field, where the visitor finds the answer.
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

// TestKeptFromAttract checks that people can read which data the desk keeps before they begin a visit.
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
