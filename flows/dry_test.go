package flows_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
)

// TestRunsDry tests that each flow that sends a secret fails if there are too few random bytes.
func TestRunsDry(t *testing.T) {
	for name, test := range map[string]struct {
		begin   func(*flow.Visit) *flow.Flow
		answers []string
	}{
		"forgotten password": {flows.ForgottenPassword, []string{"username", "ohoeve", "birth date", "2-1-1970", "postcode", "3515AG"}},
		"request number":     {flows.RequestNumber, []string{"birth date", "2-1-1970", "postcode", "3515AG", "house number", "6"}},
		"request account":    {flows.RequestAccount, []string{"birth date", "1-2-1950", "postcode", "3522AP", "house number", "14"}},
		"change e-mail":      {flows.ChangeEmail, []string{"e-mail", "nieuw@example.org", "password", "Eigen-huis12"}},
	} {
		t.Run(name, func(t *testing.T) {
			flowtest.CheckTooFewRandom(t, func() (*flowtest.Desk, func() *flow.Flow) {
				d := flowtest.New(t)
				v := flow.NewVisit(d.Desk)
				if name == "change e-mail" {
					v = d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
				}
				return d, func() *flow.Flow { return test.begin(v) }
			}, test.answers...)
		})
	}
}
