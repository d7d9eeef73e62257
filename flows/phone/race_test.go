package phone_test

import (
	"testing"

	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
)

// rounds is how often each race is run.
const rounds = 50

// TestOneAnswer: two answers to one challenge come in the same instant. One of them
// counts: also if it is the same one, sent twice.
func TestOneAnswer(t *testing.T) {
	d, device := flowtest.New(t), passkeytest.New()
	d.Pair(t, device, "ohoeve", "Nokia")
	for range rounds {
		f := flowtest.Must(t, phone.LogInWithApp(flow.NewVisit(d.Desk)))
		code := f.Step().Scan().Code
		both := [2]*flow.Flow{d.OnPhone(t, code), d.OnPhone(t, code)}
		answer := []string{"number", d.Challenge(t, code).Number, "passkey", flowtest.Makes(t, device, flowtest.AppPage, both[0].Step().Fields[1])}
		at := flowtest.Race(t, both, [2][]string{answer, answer})
		if !flowtest.OneWins(at, [2]flow.State{phone.Approved, phone.Approved}, [2]flow.State{phone.Over, phone.Over}) {
			t.Fatalf("both answers: %v", at)
		}
		if flowtest.Must(t, f); !f.Visit().LoggedIn() {
			t.Fatalf("nobody is logged in: %s", f.At())
		}
	}
}

// TestOnePhoneMore: two terminals pair the last phone that there can be in the same
// instant. One of them does.
func TestOnePhoneMore(t *testing.T) {
	for range rounds / 10 {
		d := flowtest.New(t)
		d.Settings.AppPhones = 1
		var both [2]*flow.Flow
		var answers [2][]string
		for i := range both {
			both[i] = flowtest.Must(t, phone.PairPhone(d.LogIn(t, "ohoeve", flowtest.PasswordOf("ohoeve")).Visit()), "password", flowtest.PasswordOf("ohoeve"))
			code := both[i].Step().Scan().Code
			flowtest.Must(t, d.OnPhone(t, code), "passkey", flowtest.Makes(t, passkeytest.New(), flowtest.AppPage, d.OnPhone(t, code).Step().Fields[0]))
			flowtest.Must(t, both[i])
			answers[i] = []string{"shown", d.Challenge(t, code).Number}
		}
		const paired, tooMany flow.State = "phone paired", "too many phones"
		if at := flowtest.Race(t, both, answers); !flowtest.OneWins(at, [2]flow.State{paired, paired}, [2]flow.State{tooMany, tooMany}) {
			t.Fatalf("both: %v", at)
		}
	}
}
