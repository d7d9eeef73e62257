package operator_test

import (
	"errors"
	"testing"
	"time"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/operator"
	"loket/store"
)

// TestUnpair tests that an operator removes one phone of a customer, who gets a message. The visit
// that began with it ends, and visits with the other phones go on.
func TestUnpair(t *testing.T) {
	d := flowtest.New(t)
	d.Update(t, func(tx *store.Tx) {
		a, _ := tx.Account("K06")
		a.UserHandle = []byte("handle")
		a.Passkeys = []store.Passkey{{ID: []byte("1"), Name: "Telefoon 1"}, {ID: []byte("2"), Name: "Toestel van Olga"}}
		tx.PutAccount(a)
	})
	lost, other := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit(), d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
	for v, phone := range map[*flow.Visit]string{lost: "2", other: "1"} {
		v.LogIn(store.Account{Customer: "K06"}, store.Customer{}, []byte(phone))
	}
	if err := operator.UnpairPhone(t.Context(), d.Desk, "K06", "toestel van olga"); err != nil {
		t.Fatal(err)
	}
	d.View(t, func(tx *store.Tx) {
		a, _ := tx.AccountByHandle([]byte("handle"))
		if len(a.Passkeys) != 1 || a.Passkeys[0].Name != "Telefoon 1" {
			t.Errorf("left are %+v", a.Passkeys)
		}
		told := flowtest.CollectAll(tx.Messages())
		if len(told) != 1 || told[0].Template != desk.TemplatePhoneRemoved || told[0].Facts["phone"] != "Toestel van Olga" || told[0].To[0] != "klant06@example.org" {
			t.Errorf("told %+v", told)
		}
	})
	if !errors.Is(lost.CheckLogin(t.Context()), flow.ErrLoginEnded) || other.CheckLogin(t.Context()) != nil {
		t.Error("the visit of the phone goes on, or that of another ended")
	}
	entries := d.AuditEntries(t)
	last := entries[len(entries)-1]
	last.At = time.Time{}
	if want := (store.AuditEntry{Terminal: "Utrecht 1", Flow: "operator", Step: "customer unpair", Outcome: "phone removed", Customer: "K06"}); last != want {
		t.Errorf("the audit log has %+v", last)
	}
	for id, want := range map[store.CustomerID]error{"K06": operator.ErrNoPhone, "K01": operator.ErrNoAccount, "K99": operator.ErrUnknownCustomer} {
		if err := operator.UnpairPhone(t.Context(), d.Desk, id, "Toestel van Olga"); !errors.Is(err, want) {
			t.Errorf("%s: %v", id, err)
		}
	}
}
