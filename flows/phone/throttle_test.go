package phone_test

import (
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/store"
)

// TestOwnersWait tests that after wrong answers the owner of a phone must wait, and that an answer
// of a stranger who claims to be them does not change that. Declining never waits.
func TestOwnersWait(t *testing.T) {
	d, device, stranger := flowtest.New(t), passkeytest.New(), passkeytest.New()
	d.PairPhone(t, device, "ohoeve", "Nokia")
	d.PairPhone(t, stranger, "gbruikers", "Toestel")
	stranger.ImpersonateKey(device)
	d.Update(t, func(tx *store.Tx) {
		tx.PutAttempts(desk.PhoneThrottleKey("K06"), store.Attempts{Wrong: 5, NotBefore: tx.Now.Add(time.Hour), Last: tx.Now})
	})
	for name, test := range map[string]struct {
		with   *passkeytest.Phone
		choice string
		want   flow.Outcome
	}{
		"owner":         {device, "", flow.OutcomeTooSoon},
		"stranger":      {stranger, "", "answer does not hold"},
		"owner refuses": {device, phone.ChoiceDecline, "declined"},
	} {
		code := flowtest.MustSubmit(t, phone.LogInWithApp(flow.NewVisit(d.Desk))).Step().PhoneAccess().Code
		f := d.BeginOnPhone(t, code)
		choice := test.choice
		if choice == "" {
			choice = d.StoredChallenge(t, code).Number
		}
		flowtest.MustSubmit(t, f, "number", choice, "passkey", flowtest.AnswerOnPhone(t, test.with, flowtest.AppURL, f.Step().Fields[1]))
		if got := d.LastOutcome(t); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
