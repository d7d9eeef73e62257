package flows_test

import (
	"testing"
	"time"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flowtest"
	"loket/store"
)

// TestRenamedFromNothing tests that failed logins with an unused username do not count against the customer who takes that
// username later. It also tests that a change of capitals does not make another username.
func TestRenamedFromNothing(t *testing.T) {
	d := flowtest.New(t)
	v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	wrong := func(name string) (n int) {
		d.View(t, func(tx *store.Tx) { n = tx.WrongAttempts(desk.PasswordThrottleKey(name), time.Hour).Wrong })
		return n
	}
	d.Update(t, func(tx *store.Tx) {
		tx.PutAttempts(desk.PasswordThrottleKey("olga.hoeve"), store.Attempts{Wrong: 2, Last: tx.Now})
	})
	flowtest.MustSubmit(t, flows.ChangeUsername(v), "username", "olga.hoeve", "password", "Eigen-huis12")
	if n := wrong("olga.hoeve"); n != 0 {
		t.Errorf("the new name begins with %d wrong passwords", n)
	}
	f := flowtest.MustSubmit(t, flows.ChangeUsername(v), "username", "Olga.Hoeve", "password", "Eigen-huis12")
	if f.State() != "stored" {
		t.Errorf("it is at %q", f.State())
	}
}
