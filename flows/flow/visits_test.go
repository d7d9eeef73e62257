package flow_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flowtest"
	"loket/flows/place"
)

// TestVisits replays the visits of some flows that together have everything that a step can have.
func TestVisits(t *testing.T) {
	flowtest.Replay(t, flowtest.New, "../testdata",
		flows.At(place.LogIn), flows.At(place.ChangeEmail), flows.At(place.ChangePassword), flows.At(place.LogInWithApp), flows.At(place.PairPhone), flows.At(place.PairedPhones))
}
