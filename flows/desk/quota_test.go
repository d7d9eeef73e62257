package desk_test

import (
	"slices"
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

// TestCallerThrottleKeys tests which answers of callers are about the same customer, and that erasing a customer deletes the counts
// about them.
func TestCallerThrottleKeys(t *testing.T) {
	all := desk.CallerAnswers{BirthDate: "1970-01-02", Postcode: "3515 AG", HouseNumber: "6", ProductNumber: "NL61NNBA0000000061", Known: "OHoeve"}
	shares := func(change func(*desk.CallerAnswers)) (n int) {
		other := all
		change(&other)
		for _, key := range other.ThrottleKeys() {
			if slices.Contains(all.ThrottleKeys(), key) {
				n++
			}
		}
		return n
	}
	for name, test := range map[string]struct {
		change func(*desk.CallerAnswers)
		want   int
	}{
		"the same":             {func(*desk.CallerAnswers) {}, 5},
		"in other letters":     {func(a *desk.CallerAnswers) { a.Known = "ohoeve" }, 5},
		"another birth date":   {func(a *desk.CallerAnswers) { a.BirthDate = "1970-01-03" }, 3},
		"another postcode":     {func(a *desk.CallerAnswers) { a.Postcode = "3515 AH" }, 3},
		"another house number": {func(a *desk.CallerAnswers) { a.HouseNumber = "7" }, 3},
		"no house number":      {func(a *desk.CallerAnswers) { a.HouseNumber = "" }, 3},
		"only the product":     {func(a *desk.CallerAnswers) { *a = desk.CallerAnswers{ProductNumber: a.ProductNumber} }, 1},
		"nothing":              {func(a *desk.CallerAnswers) { *a = desk.CallerAnswers{} }, 0},
		"facts in other places": {func(a *desk.CallerAnswers) {
			*a = desk.CallerAnswers{BirthDate: a.Postcode, Postcode: a.BirthDate, ProductNumber: a.Known, Known: a.ProductNumber}
		}, 0},
	} {
		if got := shares(test.change); got != test.want {
			t.Errorf("%s: %d keys are the same, want %d", name, got, test.want)
		}
	}
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		c, _ := tx.Customer("K06")
		a, _ := tx.Account("K06")
		for _, about := range []desk.CallerAnswers{all, {Known: "k06"}, {Known: c.Email}} {
			for _, key := range about.ThrottleKeys() {
				tx.PutRecentTimes(key, store.RecentTimes{Times: []time.Time{tx.Now}})
			}
		}
		desk.DeleteThrottleCounts(tx, c, a)
	})
	d.View(t, func(tx *store.Tx) {
		left := 0
		for range store.RecentTimesRecords.RecordsAfter(tx, "") {
			left++
		}
		if left != 1 { // that of the product
			t.Errorf("%d counts are left", left)
		}
	})
}
