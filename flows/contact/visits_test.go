package contact_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flowtest"
	"loket/flows/place"
)

// TestVisits replays the transcripts of visits in which a visitor asks to be called back.
func TestVisits(t *testing.T) {
	flowtest.ReplayTranscripts(t, flowtest.New, "../testdata", flows.PlaceAt(place.CallBack))
}
