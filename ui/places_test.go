package ui

import (
	"testing"

	"loket/flows"
	"loket/flows/place"
)

// TestEveryPlaceHasAScreen checks that every place has a screen in the full-screen interface.
func TestEveryPlaceHasAScreen(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasPhone()
		v.logsIn()
		for _, p := range flows.Places {
			if p.RunsOnPhone || p.ID == place.Home || p.ID == place.LogOut {
				continue // The first two are not screens of a terminal, and the last one ends a visit.
			}
			if v.app.screenAt(p.ID) == nil {
				t.Errorf("there is no screen for %s", p.ID)
			}
		}
	})
}
