package ui

import (
	"cmp"
	"reflect"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/store"
	"loket/ui/form"
	"loket/ui/screen"
)

// These methods take a visitor to a screen, for tests that begin there.

// chooses goes to the screen on which a visitor chooses how to log in.
func (v *visitor) chooses() {
	v.press("1")
	v.fills("4816 2095 7733", "9-4-1961", "3511ab")
}

// changesPassword changes the password.
func (v *visitor) changesPassword() {
	v.logsIn()
	v.press("esc", "3", "1", "2")
	v.fills("Sterk-wacht1", "Nog-sterker-2", "Nog-sterker-2")
}

// changesEmail types another e-mail address, and stops before the code.
func (v *visitor) changesEmail() {
	v.logsIn()
	v.press("esc", "3", "2", "1")
	v.fills("carla@example.org", "Sterk-wacht1")
}

// losesVisit changes the customer's password at another terminal.
func (v *visitor) losesVisit() {
	v.logsIn()
	v.elsewhere((*visitor).changesPassword)
	v.waits(6 * time.Second)
}

// guesses types wrong passwords.
func (v *visitor) guesses(times int) {
	v.fills("csmit80", "0")
	for range times - 1 {
		v.fills("0")
	}
}

// keepsBusy presses a key now and then for the given time, so that the visitor is not idle.
func (v *visitor) keepsBusy(d time.Duration) {
	v.press("1")
	for range int(d / (10 * time.Second)) {
		v.press("down")
		time.Sleep(9 * time.Second)
		v.waits(time.Second)
	}
}

// elsewhere runs a function for a visitor at another terminal.
func (v *visitor) elsewhere(does func(*visitor)) {
	other := newVisitor(v.T, New(v.Context(), v.app.desk, Options{}))
	defer other.app.Close()
	other.resize(80, 24)
	does(other)
}

// meanwhile changes something in the store during the visit.
func (v *visitor) meanwhile(change func(*store.Tx)) {
	v.Helper()
	err := v.app.desk.Store.Update(v.Context(), func(tx *store.Tx) error { change(tx); return nil })
	if err != nil {
		v.Fatal(err)
	}
}

// bergs is a valid activation number of customer Berg, and fresh is the number that the method gets issues.
const (
	bergs = "481620957733"
	fresh = "110000000017"
)

// gets issues an activation number to a customer. It is for a product, or for an account if product is empty.
func (v *visitor) gets(customer store.CustomerID, product store.ProductID) {
	v.meanwhile(func(tx *store.Tx) {
		if product != "" {
			tx.PutProduct(store.Product{
				ID: product, Kind: store.KindLife, Name: "Levensverzekering", Number: "L12.345.678", NormalisedNumber: "L12345678",
				Holders: []store.CustomerID{customer}, Since: "2026-11-01",
			})
		}
		tx.PutApplication(store.Application{ID: "A2", Product: product, Applicants: []store.CustomerID{customer}})
		tx.PutNumber(store.ActivationNumber{Number: fresh, Customer: customer, Application: "A2", Issued: tx.Now, Expires: tx.Now.AddDate(0, 6, 0)})
	})
}

// spoils changes an activation number.
func (v *visitor) spoils(number string, how func(*store.ActivationNumber, time.Time)) {
	v.meanwhile(func(tx *store.Tx) {
		n, _ := tx.Number(number)
		how(&n, tx.Now)
		tx.PutNumber(n)
	})
}

// withdraws makes the bank withdraw the application of the number that the method gets issued.
func (v *visitor) withdraws() {
	v.meanwhile(func(tx *store.Tx) {
		a, _ := tx.Application("A2")
		tx.EndApplication(a)
	})
}

// The ways in which an activation number can be invalid.
var (
	usedUp   = func(n *store.ActivationNumber, now time.Time) { n.Used = now }
	ranOut   = func(n *store.ActivationNumber, now time.Time) { n.Expires = now }
	replaced = func(n *store.ActivationNumber, now time.Time) { n.Revoked = now }
)

// activates types an activation number with the birth date of a customer, at an address that all
// customers share.
func (v *visitor) activates(number, born string) {
	v.press("1")
	v.fills(number, born, "3511ab")
}

// addsSpoilt makes customer Smit type an invalid activation number of their own.
func (v *visitor) addsSpoilt(how func(*store.ActivationNumber, time.Time)) {
	v.gets("K1", "P2")
	v.spoils(fresh, how)
	v.adds()
}

// adds makes customer Smit add a product.
func (v *visitor) adds() {
	v.logsIn()
	v.press("esc", "2")
	v.fills(fresh)
}

// code returns the code that was sent to confirm the new e-mail address of customer Smit.
func (v *visitor) code() (code string) {
	v.meanwhile(func(tx *store.Tx) {
		for m := range tx.Messages() {
			code = cmp.Or(m.Facts["code"], code)
		}
	})
	return code
}

// confirms begins a new visit and types a code that was sent before.
func (v *visitor) confirms() {
	v.changesEmail()
	v.press("esc", "right", "enter", "2")
}

// lateCode types an expired code.
func (v *visitor) lateCode() {
	code := v.code()
	v.app.desk.Clock.Advance(time.Hour)
	v.fills(code)
}

// settings goes to the settings of customer Smit.
func (v *visitor) settings(keys ...string) {
	v.logsIn()
	v.press("esc", "3")
	v.press(keys...)
}

// submits makes the form on top start to submit. The test must run the returned command to finish the submit.
func (v *visitor) submits() tea.Cmd {
	return v.app.bindToVisit(v.app.topScreen().(*form.Form).Submit())
}

// awaits lets time pass until the form asks the visitor to wait.
func (v *visitor) awaits() {
	f := v.app.topScreen().(*form.Form)
	for _, each := range f.Submit()().(tea.BatchMsg) {
		if msg := each(); reflect.TypeOf(msg) != reflect.TypeFor[screen.BackgroundWork]() {
			f.Update(msg) // The message says how long the submit takes.
		}
	}
}
