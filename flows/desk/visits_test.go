package desk_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flowtest"
	"loket/flows/place"
)

// TestVisits replays the visits in which messages are sent, numbers are issued and requests are
// counted.
func TestVisits(t *testing.T) {
	flowtest.Replay(t, flowtest.New, "../testdata",
		flows.At(place.ForgottenPassword), flows.At(place.ForgottenUsername), flows.At(place.RequestNumber), flows.At(place.RequestAccount), flows.At(place.CallBack), flows.At(place.ChangeEmail))
}
