package phone_test

import (
	"testing"

	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/phone"
)

// TestRunsDry: without randomness there is no code, no nonce and no number, and
// nobody waits for a phone.
func TestRunsDry(t *testing.T) {
	d := flowtest.New(t)
	flowtest.RunsDry(t, d, func() *flow.Flow { return phone.LogInWithApp(flow.NewVisit(d.Desk)) })
	d = flowtest.New(t)
	v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	flowtest.RunsDry(t, d, func() *flow.Flow { return phone.PairPhone(v) }, "password", "Eigen-huis12")
}
