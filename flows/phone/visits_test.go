package phone_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flowtest"
	"loket/flows/place"
)

// TestVisits replays the visits in which phones have a part.
func TestVisits(t *testing.T) {
	flowtest.ReplayTranscripts(t, flowtest.New, "../testdata",
		flows.PlaceAt(place.LogInWithApp), flows.PlaceAt(place.ApproveOnPhone), flows.PlaceAt(place.PairPhone), flows.PlaceAt(place.RegisterOnPhone), flows.PlaceAt(place.PairedPhones))
}
