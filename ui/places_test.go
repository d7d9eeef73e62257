package ui

import (
	"testing"

	"loket/flows"
	"loket/flows/place"
)

// TestEveryPlaceHasAScreen fails for each place without a screen in this face.
func TestEveryPlaceHasAScreen(t *testing.T) {
	atKiosk(t, Options{}, func(v *visitor) {
		v.hasPhone()
		v.logsIn()
		for _, p := range flows.Places {
			if p.RunsOnPhone || p.ID == place.Home || p.ID == place.LogOut {
				continue // the first two are no screens of a terminal, and the last ends a visit
			}
			if v.app.screenAt(p.ID) == nil {
				t.Errorf("there is no screen for %s", p.ID)
			}
		}
	})
}
