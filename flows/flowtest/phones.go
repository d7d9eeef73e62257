package flowtest

import (
	"errors"
	"testing"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/store"
)

// AppURL is the address of the page for phones in tests.
const AppURL = "https://app.example.org"

var TestApp = mustNewApp(AppURL)

func mustNewApp(address string) *desk.PhoneApp {
	a, err := desk.NewPhoneApp(address)
	if err != nil {
		panic(err)
	}
	return a
}

// PairPhone pairs a phone with a customer's account. It uses the same flows as a customer.
func (d *Desk) PairPhone(tb testing.TB, device *passkeytest.Phone, username, name string) {
	tb.Helper()
	f := MustSubmit(tb, phone.PairPhone(d.LogIn(tb, username, CastPassword(username)).Visit()), "password", CastPassword(username))
	code := f.Step().PhoneAccess().Code
	MustSubmit(tb, d.BeginOnPhone(tb, code), "passkey", AnswerOnPhone(tb, device, AppURL, d.BeginOnPhone(tb, code).Step().Fields[0]))
	MustSubmit(tb, MustSubmit(tb, f), "shown", d.StoredChallenge(tb, code).Number, "phone name", name)
	if f.State() != "phone paired" {
		tb.Fatalf("the phone is not paired: %s", f.State())
	}
}

// BeginOnPhone returns the flow on a phone that has opened the page with a code.
func (d *Desk) BeginOnPhone(tb testing.TB, code string) *flow.Flow {
	tb.Helper()
	f, _, err := phone.BeginPhoneVisit(tb.Context(), d.Desk, code)
	if err != nil && !errors.Is(err, phone.ErrUnknownCode) {
		tb.Fatal(err)
	}
	return f
}

func (d *Desk) StoredChallenge(tb testing.TB, code string) (c store.Challenge) {
	tb.Helper()
	d.View(tb, func(tx *store.Tx) { c, _ = tx.Challenge(code) })
	return c
}

// AnswerOnPhone returns the phone's answer to a field, given on a page with the given origin.
func AnswerOnPhone(tb testing.TB, device *passkeytest.Phone, origin string, f flow.Field) (answer string) {
	tb.Helper()
	options, err := f.PasskeyOptions()
	if err != nil {
		tb.Fatal(err)
	}
	if f.Kind == flow.KindNewPasskey {
		answer, err = device.Create(origin, options)
	} else {
		answer, err = device.Sign(origin, options)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return answer
}
