package flows

import (
	"testing"

	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
)

// TestOneAnswer: two answers to one challenge come in the same instant. One of them
// counts: also if it is the same one, sent twice.
func TestOneAnswer(t *testing.T) {
	d, device := newDesk(t), passkeytest.New()
	d.pair(t, device, "ohoeve", "Nokia")
	for range rounds {
		f := must(t, phone.LogInWithApp(flow.NewVisit(d.Desk)))
		code := f.Step().Scan().Code
		both := [2]*flow.Flow{d.onPhone(t, code), d.onPhone(t, code)}
		answer := []string{"number", d.challenge(t, code).Number, "passkey", makes(t, device, examplePage, both[0].Step().Fields[1])}
		at := race(t, both, [2][]string{answer, answer})
		if !oneOf(at, [2]flow.State{phone.Approved, phone.Approved}, [2]flow.State{phone.Over, phone.Over}) {
			t.Fatalf("both answers: %v", at)
		}
		if must(t, f); !f.Visit().LoggedIn() {
			t.Fatalf("nobody is logged in: %s", f.At())
		}
	}
}

// TestOnePhoneMore: two terminals pair the last phone that there can be in the same
// instant. One of them does.
func TestOnePhoneMore(t *testing.T) {
	for range rounds / 10 {
		d := newDesk(t)
		d.Settings.AppPhones = 1
		var both [2]*flow.Flow
		var answers [2][]string
		for i := range both {
			both[i] = must(t, phone.PairPhone(d.logIn(t, "ohoeve", castPassword("ohoeve")).Visit()), "password", castPassword("ohoeve"))
			code := both[i].Step().Scan().Code
			must(t, d.onPhone(t, code), "passkey", makes(t, passkeytest.New(), examplePage, d.onPhone(t, code).Step().Fields[0]))
			must(t, both[i])
			answers[i] = []string{"shown", d.challenge(t, code).Number}
		}
		const paired, tooMany flow.State = "phone paired", "too many phones"
		if at := race(t, both, answers); !oneOf(at, [2]flow.State{paired, paired}, [2]flow.State{tooMany, tooMany}) {
			t.Fatalf("both: %v", at)
		}
	}
}
