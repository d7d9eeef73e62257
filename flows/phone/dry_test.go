package phone_test

import (
	"math/rand/v2"
	"testing"

	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/phone"
	"loket/store"
)

// TestRunsDry tests that without randomness there is no code, no nonce and no number, and that no
// terminal waits for a phone.
func TestRunsDry(t *testing.T) {
	flowtest.CheckTooFewRandom(t, func() (*flowtest.Desk, func() *flow.Flow) {
		d := flowtest.New(t)
		return d, func() *flow.Flow { return phone.LogInWithApp(flow.NewVisit(d.Desk)) }
	})
	flowtest.CheckTooFewRandom(t, func() (*flowtest.Desk, func() *flow.Flow) {
		d := flowtest.New(t)
		v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		return d, func() *flow.Flow { return phone.PairPhone(v) }
	}, "password", "Eigen-huis12")
}

// TestCodeTaken tests that no two visitors get the same code.
func TestCodeTaken(t *testing.T) {
	d := flowtest.New(t)
	d.Random = rand.NewChaCha8([32]byte{9})
	first := flowtest.MustSubmit(t, phone.LogInWithApp(flow.NewVisit(d.Desk)))
	waits := d.StoredChallenge(t, first.Step().PhoneAccess().Code)
	d.Random = rand.NewChaCha8([32]byte{9})
	second := phone.LogInWithApp(flow.NewVisit(d.Desk))
	if err := second.Submit(t.Context(), nil); err == nil || second.State() != second.Start {
		t.Errorf("the code is given out twice: %v, at %q", err, second.State())
	}
	if now := d.StoredChallenge(t, first.Step().PhoneAccess().Code); now.Visit != waits.Visit || now.Answer != store.AnswerPending {
		t.Errorf("the first visitor's challenge became %+v", now)
	}
}
