package credentials_test

import (
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
)

// TestBreaks tests that nobody is logged in and nothing changes if the store or the hasher fails.
func TestBreaks(t *testing.T) {
	t.Run("log in", func(t *testing.T) {
		d := flowtest.New(t)
		older(d, t)
		flowtest.FailEachStepCall(t, d, func() *flow.Flow { return flows.LogIn(flow.NewVisit(d.Desk)) }, "username", "ohoeve", "password", "Eigen-huis12")
	})
	t.Run("choose a new password", func(t *testing.T) {
		d := flowtest.New(t)
		flowtest.FailEachStepCall(t, d, func() *flow.Flow { return d.LogIn(t, "vtijdelijk", "BCDF-GHJK-LMNP") }, "new", "Nieuw-huis-34", "again", "Nieuw-huis-34")
	})
	t.Run("change password", func(t *testing.T) {
		d := flowtest.New(t)
		v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		flowtest.FailEachStepCall(t, d, func() *flow.Flow { return flows.ChangePassword(v) }, "password", "Eigen-huis12", "new", "Nieuw-huis-34", "again", "Nieuw-huis-34")
	})
}

// older gives an account a hash with an outdated cost.
func older(d *flowtest.Desk, t *testing.T) {
	d.Update(t, func(tx *store.Tx) {
		a, _ := tx.Account("K06")
		a.PasswordHash = "older:Eigen-huis12"
		tx.PutAccount(a)
	})
}

// TestRehashed tests that the hash of a password is renewed only when its owner logs in.
func TestRehashed(t *testing.T) {
	d := flowtest.New(t)
	older(d, t)
	hash := func() (hash string) {
		d.View(t, func(tx *store.Tx) {
			a, _ := tx.Account("K06")
			hash = a.PasswordHash
		})
		return hash
	}
	before := d.TestHasher.HashCount.Load()
	if d.LogIn(t, "ohoeve", "Fout-wacht1"); hash() != "older:Eigen-huis12" || d.TestHasher.HashCount.Load() != before+2 {
		t.Errorf("a wrong password leaves %q, after %d hashes", hash(), d.TestHasher.HashCount.Load()-before)
	}
	if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() || hash() != flowtest.FakeHash("Eigen-huis12") {
		t.Errorf("the right one leaves %q", hash())
	}
	before = d.TestHasher.HashCount.Load()
	if f := d.LogIn(t, "ohoeve", "Eigen-huis12"); !f.Visit().LoggedIn() || d.TestHasher.HashCount.Load() != before+1 {
		t.Errorf("after that it is hashed %d times", d.TestHasher.HashCount.Load()-before)
	}
	before = d.TestHasher.HashCount.Load()
	if d.LogIn(t, "niemand", "Eigen-huis12"); d.TestHasher.HashCount.Load() != before+1 {
		t.Errorf("for nobody it is hashed %d times", d.TestHasher.HashCount.Load()-before)
	}
}
