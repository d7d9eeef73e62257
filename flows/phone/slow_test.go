package phone_test

import (
	"testing"
	"time"

	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
)

// TestSlowVisit tests that the desk waits three times as long for the phone of a visitor who chose
// more time, also if they chose it while it waited, and then only once.
func TestSlowVisit(t *testing.T) {
	for name, test := range map[string]struct {
		before, meanwhile bool
		lasts             time.Duration
	}{
		"usual":     {false, false, 2 * time.Minute},
		"slow":      {true, true, 6 * time.Minute},
		"meanwhile": {false, true, 6 * time.Minute},
		"no longer": {true, false, 6 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			d := flowtest.New(t)
			v := flow.NewVisit(d.Desk)
			v.IsSlow = test.before
			f := flowtest.MustSubmit(t, phone.LogInWithApp(v))
			began := d.TestClock.Now()
			d.TestClock.Advance(time.Minute)
			v.IsSlow = test.meanwhile
			for range 2 {
				flowtest.MustSubmit(t, f)
			}
			until := f.Step().PhoneAccess().Until
			if lasts := until.Sub(began); lasts != test.lasts {
				t.Errorf("the screen says %v", lasts)
			}
			_, open, err := phone.BeginPhoneVisit(t.Context(), d.Desk, f.Step().PhoneAccess().Code)
			if err != nil || !open {
				t.Errorf("the phone is too late: %v", err)
			}
			d.TestClock.Advance(until.Sub(d.TestClock.Now()) - time.Second)
			if flowtest.MustSubmit(t, f); f.State() != "await phone" {
				t.Errorf("a second before the end it is at %q", f.State())
			}
			d.TestClock.Advance(time.Second)
			if flowtest.MustSubmit(t, f); f.State() != "too late" {
				t.Errorf("at the end it is at %q", f.State())
			}
		})
	}
}

// TestSlowPairing tests that a customer who chose more time has three times as long to type the
// number that their phone shows.
func TestSlowPairing(t *testing.T) {
	for isSlow, lasts := range map[bool]time.Duration{false: 5 * time.Minute, true: 15 * time.Minute} {
		for late, want := range map[time.Duration]flow.State{-time.Second: "phone paired", 0: "not paired"} {
			d := flowtest.New(t)
			v := d.LogIn(t, "ohoeve", flowtest.CastPassword("ohoeve")).Visit()
			v.IsSlow = isSlow
			f := flowtest.MustSubmit(t, phone.PairPhone(v), "password", flowtest.CastPassword("ohoeve"))
			onPhone := d.BeginOnPhone(t, f.Step().PhoneAccess().Code)
			flowtest.MustSubmit(t, onPhone, "passkey", flowtest.AnswerOnPhone(t, passkeytest.New(), flowtest.AppURL, onPhone.Step().Fields[0]))
			flowtest.MustSubmit(t, f)
			number := onPhone.Step().PhoneAccess().MatchNumber
			d.TestClock.Advance(lasts + late)
			f.ExtendDeadline()
			if flowtest.MustSubmit(t, f, "shown", number); f.State() != want {
				t.Errorf("slow %t, after %v: it is at %q", isSlow, lasts+late, f.State())
			}
		}
	}
}
