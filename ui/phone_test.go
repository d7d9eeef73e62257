package ui

import (
	"math/rand/v2"
	"slices"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/flows/place"
	"loket/store"
	"loket/ui/form"
)

// These methods connect phones to the kiosk.

// appPage is the address of the page for phones.
const appPage = "http://localhost:8023"

// farPage is an address that other devices can reach.
const farPage = "https://app.example.org"

// hasApp makes the desk reachable for phones. The random parts of the screen are the same each time.
func (v *visitor) hasApp() { v.hasAppAt(appPage) }

func (v *visitor) hasAppAt(page string) {
	app, err := desk.NewPhoneApp(page)
	if err != nil {
		v.Fatal(err)
	}
	v.app.desk.App, v.app.desk.Random = app, rand.NewChaCha8([32]byte{5})
	v.resize(v.app.terminal.Width, v.app.terminal.Height) // Draw the kiosk again.
}

// hasNoApp makes the desk unreachable for phones.
func (v *visitor) hasNoApp() {
	v.app.desk.App = &desk.PhoneApp{}
	v.resize(v.app.terminal.Width, v.app.terminal.Height) // Draw the kiosk again.
}

// ends is for a flow that ends at once, so that the visitor was never in it.
func (v *visitor) ends(p place.ID) { v.flow = flows.BeginFlow(v.app.visit, p) }

// endsOnward records the flow of a place and submits its first step. It is for a flow that ends with its first step and leads
// on without stopping.
func (v *visitor) endsOnward(p place.ID) {
	v.Helper()
	v.ends(p)
	if err := v.flow.Submit(v.Context(), nil); err != nil {
		v.Error(err)
	}
}

// hasPhone returns a phone that Smit paired at another terminal.
func (v *visitor) hasPhone() *passkeytest.Phone {
	v.hasApp()
	device := passkeytest.New()
	v.elsewhere(func(other *visitor) { other.pairs(device) })
	return device
}

// begins makes customer Smit begin to pair a phone.
func (v *visitor) begins() {
	v.hasApp()
	v.settings("1", "3")
	v.fills("Sterk-wacht1")
}

// pairs pairs a phone with the account of customer Smit.
func (v *visitor) pairs(device *passkeytest.Phone) {
	v.begins()
	is := v.comes(device, nil)
	v.fills(is.Number, "")
}

// logsInByPhone logs in by a phone, on which a given answer is chosen.
func (v *visitor) logsInByPhone(device *passkeytest.Phone, chooses func(store.Challenge) string) {
	v.press("3")
	v.comes(device, chooses)
}

// The answers that a phone can give.
var (
	finding   = func(is store.Challenge) string { return is.Number }
	mistaking = func(is store.Challenge) string {
		return is.Choices[(slices.Index(is.Choices, is.Number)+1)%len(is.Choices)]
	}
	refusing = func(store.Challenge) string { return phone.ChoiceDecline }
)

// other returns a different number of two digits.
func other(number string) string {
	if number == "10" {
		return "11"
	}
	return "10"
}

// scan returns the data that the step shows for phones.
func (v *visitor) scan() flow.PhoneAccess {
	return v.app.topScreen().(*form.Form).Flow().Step().PhoneAccess()
}

// comes makes a phone open the code on the screen, and lets a second pass for the visitor. It returns the step that the phone
// is at.
func (v *visitor) comes(device *passkeytest.Phone, chooses func(store.Challenge) string) (is store.Challenge) {
	v.Helper()
	is = v.answers(device, v.scan().Code, chooses)
	v.waits(time.Second)
	return is
}

// answers makes a phone answer a code.
func (v *visitor) answers(device *passkeytest.Phone, code string, chooses func(store.Challenge) string) (is store.Challenge) {
	v.Helper()
	is, sends := v.takes(device, code, chooses)
	sends()
	return is
}

// takes makes a phone open a code and prepare its answer. It returns a function that sends the answer and returns the
// resulting step.
func (v *visitor) takes(device *passkeytest.Phone, code string, chooses func(store.Challenge) string) (is store.Challenge, sends func() flow.State) {
	v.Helper()
	v.meanwhile(func(tx *store.Tx) { is, _ = tx.Challenge(code) })
	begun, open, err := phone.BeginPhoneVisit(v.Context(), v.app.desk, code)
	if err != nil || !open {
		v.Fatalf("a phone that came with %s: open %t, %v", code, open, err)
	}
	answers := map[string]string{}
	for _, asked := range begun.Step().Fields {
		answer, makes := "", device.Create
		switch asked.Kind {
		case flow.KindChoice:
			answers[asked.Name] = chooses(is)
			continue
		case flow.KindSignature:
			makes = device.Sign
		}
		options, err := asked.PasskeyOptions()
		if err == nil {
			answer, err = makes(appPage, options)
		}
		if err != nil {
			v.Fatal(err)
		}
		answers[asked.Name] = answer
	}
	return is, func() flow.State {
		v.Helper()
		if err := begun.Submit(v.Context(), answers); err != nil {
			v.Fatal(err)
		}
		return begun.State()
	}
}

// pauses pauses the terminal, and unpairs removes the phones of customer Smit.
func pauses(tx *store.Tx) {
	tx.PutRecentTimes("T1", store.RecentTimes{PausedUntil: tx.Now.Add(time.Minute)})
}

func unpairs(tx *store.Tx) {
	a, _ := tx.Account("K1")
	a.Passkeys = nil
	tx.PutAccount(a)
}
