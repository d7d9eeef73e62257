package desk_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flowtest"
	"loket/flows/place"
)

// TestVisits replays the transcripts of visits in which messages are sent, numbers are issued and requests are counted.
func TestVisits(t *testing.T) {
	flowtest.ReplayTranscripts(t, flowtest.New, "../testdata",
		flows.PlaceAt(place.ForgottenPassword), flows.PlaceAt(place.ForgottenUsername), flows.PlaceAt(place.RequestNumber), flows.PlaceAt(place.RequestAccount), flows.PlaceAt(place.CallBack), flows.PlaceAt(place.ChangeEmail))
}
