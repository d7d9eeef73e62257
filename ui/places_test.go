package ui

import (
	"testing"

	"loket/flows"
	"loket/flows/place"
)

// TestEveryPlaceHasAScreen names the places that lead nowhere on the full screen.
func TestEveryPlaceHasAScreen(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasPhone()
		v.logsIn()
		for _, p := range flows.Places {
			if p.OnPhone || p.ID == place.Home || p.ID == place.LogOut {
				continue // of which the first two are no screens of a terminal, and the last ends a visit
			}
			if v.app.at(p.ID) == nil {
				t.Errorf("there is no screen for %s", p.ID)
			}
		}
	})
}
