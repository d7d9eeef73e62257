package phone_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flowtest"
	"loket/flows/place"
)

// TestVisits replays the visits in which phones have a part.
func TestVisits(t *testing.T) {
	flowtest.Replay(t, flowtest.New, "../testdata",
		flows.At(place.LogInWithApp), flows.At(place.ApproveOnPhone), flows.At(place.PairPhone), flows.At(place.RegisterOnPhone), flows.At(place.PairedPhones))
}
