package credentials_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flowtest"
	"loket/flows/place"
)

// TestVisits replays the transcripts of visits that ask for a password, or let the customer choose one.
func TestVisits(t *testing.T) {
	flowtest.ReplayTranscripts(t, flowtest.New, "../testdata",
		flows.PlaceAt(place.LogIn), flows.PlaceAt(place.Activate), flows.PlaceAt(place.ChangePassword), flows.PlaceAt(place.ChangeUsername), flows.PlaceAt(place.PairedPhones))
}
