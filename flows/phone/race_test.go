package phone_test

import (
	"testing"

	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
)

// rounds is how often each race runs.
const rounds = 50

// TestOneAnswer sends two answers to one challenge at the same time. One of them counts, also if
// both are the same.
func TestOneAnswer(t *testing.T) {
	d, device := flowtest.New(t), passkeytest.New()
	d.PairPhone(t, device, "ohoeve", "Nokia")
	for range rounds {
		f := flowtest.MustSubmit(t, phone.LogInWithApp(flow.NewVisit(d.Desk)))
		code := f.Step().PhoneAccess().Code
		both := [2]*flow.Flow{d.BeginOnPhone(t, code), d.BeginOnPhone(t, code)}
		answer := []string{"number", d.StoredChallenge(t, code).Number, "passkey", flowtest.AnswerOnPhone(t, device, flowtest.AppURL, both[0].Step().Fields[1])}
		at := flowtest.SubmitTogether(t, both, [2][]string{answer, answer})
		if !flowtest.HasOneWinner(at, [2]flow.State{phone.StateApproved, phone.StateApproved}, [2]flow.State{phone.StateRequestOver, phone.StateRequestOver}) {
			t.Fatalf("both answers: %v", at)
		}
		if flowtest.MustSubmit(t, f); !f.Visit().LoggedIn() {
			t.Fatalf("nobody is logged in: %s", f.State())
		}
	}
}

// TestOnePhoneMore pairs the last allowed phone at two terminals at the same time. One of them
// succeeds.
func TestOnePhoneMore(t *testing.T) {
	for range rounds / 10 {
		d := flowtest.New(t)
		d.Settings.AppPhones = 1
		var both [2]*flow.Flow
		var answers [2][]string
		for i := range both {
			both[i] = flowtest.MustSubmit(t, phone.PairPhone(d.LogIn(t, "ohoeve", flowtest.CastPassword("ohoeve")).Visit()), "password", flowtest.CastPassword("ohoeve"))
			code := both[i].Step().PhoneAccess().Code
			flowtest.MustSubmit(t, d.BeginOnPhone(t, code), "passkey", flowtest.AnswerOnPhone(t, passkeytest.New(), flowtest.AppURL, d.BeginOnPhone(t, code).Step().Fields[0]))
			flowtest.MustSubmit(t, both[i])
			answers[i] = []string{"shown", d.StoredChallenge(t, code).Number}
		}
		const paired, tooMany flow.State = "phone paired", "too many phones"
		if at := flowtest.SubmitTogether(t, both, answers); !flowtest.HasOneWinner(at, [2]flow.State{paired, paired}, [2]flow.State{tooMany, tooMany}) {
			t.Fatalf("both: %v", at)
		}
	}
}
