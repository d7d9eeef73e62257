package ui

import (
	"path/filepath"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"loket/flows/golden"
	"loket/flows/text"
	"loket/ui/screen/screentest"
)

// TestPictures draws the pictures of README.md: the first screen, which is the golden file home.nl in colour, and a product of
// a customer of the demo.
func TestPictures(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		frames["home"](v)
		v.draws("home", "The first screen of the desk, in Dutch", 80, 24)
	})
	inDemo(t, text.English, func(v *demoVisitor) {
		v.logsInAs("Marijke van der Zwan")
		v.press("enter")
		v.draws("product", "A savings account with its balance, a year of history and the last transactions", 80, 35)
	})
}

// draws compares a picture of the screen, on a terminal with all colours, with the picture in testdata.
func (v *visitor) draws(name, title string, width, height int) {
	v.Helper()
	v.send(tea.ColorProfileMsg{Profile: colorprofile.TrueColor})
	v.resize(width, height)
	picture := screentest.DrawSVG(title, v.app.View().Content, width, height)
	golden.CompareWithFile(v.T, filepath.Join("testdata", name+".svg"), picture)
}

// logsInAs logs in as a customer of the demo, with the data on the customer's card.
func (v *demoVisitor) logsInAs(name string) {
	v.press("2")
	for _, person := range v.sandbox.Persons {
		if person.Name != name {
			continue
		}
		for _, label := range []string{"Username", "Password"} {
			for _, fact := range person.Facts {
				if fact.Label.EN == label {
					v.fills(fact.Value)
				}
			}
		}
	}
}
