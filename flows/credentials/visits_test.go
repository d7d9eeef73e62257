package credentials_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flowtest"
	"loket/flows/place"
)

// TestVisits replays the visits in which a password is asked for, or chosen.
func TestVisits(t *testing.T) {
	flowtest.Replay(t, flowtest.New, "../testdata",
		flows.At(place.LogIn), flows.At(place.Activate), flows.At(place.ChangePassword), flows.At(place.ChangeUsername), flows.At(place.PairedPhones))
}
