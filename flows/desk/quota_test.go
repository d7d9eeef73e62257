package desk_test

import (
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/flowtest"
	"loket/store"
)

// TestQuota tests the daily quota of a customer's requests. Each kind of request is counted separately, and a new day begins
// at midnight in Amsterdam.
func TestQuota(t *testing.T) {
	d := flowtest.New(t)
	take := func(what string) (allowed bool) {
		d.Update(t, func(tx *store.Tx) { allowed = d.TakeQuota(tx, what) })
		return allowed
	}
	mine := desk.PasswordQuota.KeyForCustomer("K06")
	for n := range d.Settings.RequestsPerDay {
		if !take(mine) {
			t.Fatalf("request %d is one too many", n+1)
		}
	}
	if take(mine) {
		t.Error("there is no end to requests")
	}
	if !take(desk.UsernameQuota.KeyForCustomer("K06")) || !take(desk.PasswordQuota.KeyForCustomer("K07")) {
		t.Error("others are counted with them")
	}
	d.TestClock.Advance(time.Date(2027, 1, 4, 22, 59, 0, 0, time.UTC).Sub(d.TestClock.Now()))
	if take(mine) {
		t.Error("the day is over before midnight")
	}
	d.TestClock.Advance(time.Minute)
	if !take(mine) {
		t.Error("the day is not over at midnight")
	}
	d.Update(t, func(tx *store.Tx) {
		if !desk.TakeQuotaUpTo(tx, 1, "calls") || desk.TakeQuotaUpTo(tx, 1, "calls") {
			t.Error("one is not one")
		}
	})
}

// TestLetterBy tests that the arrival of a letter is counted in working days, which exclude weekends and holidays.
func TestLetterBy(t *testing.T) {
	d := &desk.Desk{Settings: desk.DefaultSettings()}
	for written, want := range map[string]string{
		"2027-01-04": "2027-01-11", "2027-01-08": "2027-01-15", "2027-03-25": "2027-04-02",
	} {
		at, err := time.Parse(time.DateOnly, written)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.LetterArrivalDate(at).String(); got != want {
			t.Errorf("a letter of %s is there by %s, want %s", written, got, want)
		}
	}
}
