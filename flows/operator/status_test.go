package operator_test

import (
	"errors"
	"testing"

	"loket/flows/flowtest"
	"loket/flows/operator"
	"loket/store"
)

// TestBlock: whom the service desk blocks does not log in, and is logged out, until that is
// undone. It is undone by nothing that the bank says, and undoes nothing that the bank says.
func TestBlock(t *testing.T) {
	d := flowtest.New(t)
	visit := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	for _, test := range []struct {
		blocks, isNew bool
	}{{false, false}, {true, true}, {true, false}, {false, true}, {true, true}} {
		var isNew bool
		var err error
		if test.blocks {
			_, isNew, err = operator.BlockCustomer(t.Context(), d.Desk, "K06")
		} else {
			isNew, err = operator.UnblockCustomer(t.Context(), d.Desk, "K06")
		}
		if err != nil || isNew != test.isNew {
			t.Errorf("%+v: %v, %v", test, isNew, err)
		}
		if in := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit().LoggedIn(); in == test.blocks {
			t.Errorf("%+v: logs in: %v", test, in)
		}
		if err := visit.CheckLogin(t.Context()); (err != nil) != test.blocks {
			t.Errorf("%+v: the visit that was open: %v", test, err)
		}
	}
	d.Update(t, func(tx *store.Tx) { flowtest.SetStatus(tx, "K06", "active") })
	if d.LogIn(t, "ohoeve", "Eigen-huis12").Visit().LoggedIn() {
		t.Error("the bank unblocked what the service desk blocked")
	}
	d.Update(t, func(tx *store.Tx) { flowtest.SetStatus(tx, "K06", "blocked") })
	if _, err := operator.UnblockCustomer(t.Context(), d.Desk, "K06"); err != nil || d.LogIn(t, "ohoeve", "Eigen-huis12").Visit().LoggedIn() {
		t.Errorf("the service desk unblocked what the bank blocked, %v", err)
	}
	if _, _, err := operator.BlockCustomer(t.Context(), d.Desk, "K99"); !errors.Is(err, operator.ErrUnknownCustomer) {
		t.Error(err)
	}
}

// TestNoNumbersForEnded: nobody gets an activation number who could not use it.
func TestNoNumbersForEnded(t *testing.T) {
	d := flowtest.New(t)
	issue := func() error {
		_, err := operator.IssueNumber(t.Context(), d.Desk, operator.NumberIssue{Customer: "K01", Application: "A01"})
		return err
	}
	for _, status := range []string{"deceased", "blocked", "removed"} {
		d.Update(t, func(tx *store.Tx) { flowtest.SetStatus(tx, "K01", status) })
		if err := issue(); !errors.Is(err, operator.ErrCustomerInactive) {
			t.Errorf("%s: %v", status, err)
		}
	}
	d.Update(t, func(tx *store.Tx) {
		flowtest.SetStatus(tx, "K01", "active")
		a, _ := tx.Application("A01")
		tx.EndApplication(a)
	})
	if err := issue(); !errors.Is(err, operator.ErrApplicationWithdrawn) {
		t.Error(err)
	}
}
