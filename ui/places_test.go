package ui

import (
	"testing"

	"loket/flows"
	"loket/flows/place"
	"loket/ui/screen"
)

// TestEveryPlaceHasAScreen checks that every place has a screen in the full-screen interface, and that the screen says what
// speech must read out.
func TestEveryPlaceHasAScreen(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasPhone()
		v.logsIn()
		for _, p := range flows.Places {
			if p.RunsOnPhone || p.ID == place.Home || p.ID == place.LogOut {
				continue // The first two are not screens of a terminal, and the last one ends a visit.
			}
			s := v.app.newPlaceScreen(p.ID)
			if s == nil {
				t.Errorf("there is no screen for %s", p.ID)
			}
			if _, is := s.(screen.Narrated); !is {
				t.Errorf("the screen of %s has no Narrate", p.ID)
			}
		}
	})
}
