package flow_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flowtest"
	"loket/flows/place"
)

// TestVisits replays the transcripts of some flows, which together use every feature of a step.
func TestVisits(t *testing.T) {
	flowtest.ReplayTranscripts(t, flowtest.New, "../testdata",
		flows.PlaceAt(place.LogIn), flows.PlaceAt(place.ChangeEmail), flows.PlaceAt(place.ChangePassword), flows.PlaceAt(place.LogInWithApp), flows.PlaceAt(place.PairPhone), flows.PlaceAt(place.PairedPhones))
}
