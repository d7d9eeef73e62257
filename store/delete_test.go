package store_test

import (
	"fmt"
	"slices"
	"testing"

	"loket/store"
	"loket/store/fixture"
)

// TestDelete deletes one of each kind of record: no index leads to it any more.
func TestDelete(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	fixture.MustUpdate(t, s, fixture.PutAllRecords)
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		tx.DeleteNumber(tx.NumberID(fixture.ActivationNumber.Number))
		a, _ := tx.Application("A3000001")
		fixture.RequireEqual(t, a.LatestNumbers, map[store.CustomerID]store.NumberID{fixture.CustomerBerg.ID: ""})
		tx.WithdrawApplicant("A3000001", fixture.CustomerBerg.ID)
		tx.DeleteProduct(fixture.Savings.ID)
		for m := range tx.Messages() {
			tx.DeleteMessage(m.ID)
		}
		tx.DeleteAccount(fixture.CustomerBerg.ID)
		tx.DeleteAttempts("password of abvdzandbergen")
		tx.DeleteRequests("username for K1000001")
		tx.BeginErasure(fixture.CustomerBerg.ID)
		tx.FinishErasure(fixture.CustomerBerg.ID)
	})
	counts, err := s.CountRecords(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"customer", "person", "account", "username", "handle", "product", "product number", "application", "number", "outbox", "turn", "tries", "requests"} {
		if counts[table] != 0 {
			t.Errorf("%d records of %q are left", counts[table], table)
		}
	}
	fixture.MustUpdate(t, s, func(tx *store.Tx) { // records that do not exist
		tx.DeleteNumber(tx.NumberID(fixture.ActivationNumber.Number))
		tx.WithdrawApplicant("A3000001", fixture.CustomerBerg.ID)
		tx.DeleteProduct(fixture.Savings.ID)
		tx.DeleteMessage("0")
		tx.DeleteAccount(fixture.CustomerBerg.ID)
		tx.BeginErasure(fixture.CustomerBerg.ID)
		tx.FinishErasure(fixture.CustomerBerg.ID)
	})
}

// TestWithdraw: an application stays for its other applicants.
func TestWithdraw(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		tx.PutApplication(store.Application{ID: "A1", Applicants: []store.CustomerID{"K1", "K2"}, LatestNumbers: map[store.CustomerID]store.NumberID{"K1": "01", "K2": "02"}, PreviousNumbers: map[store.CustomerID]store.NumberID{"K1": "03"}})
		tx.WithdrawApplicant("A1", "K1")
		a, _ := tx.Application("A1")
		fixture.RequireEqual(t, a, store.Application{ID: "A1", Applicants: []store.CustomerID{"K2"}, LatestNumbers: map[store.CustomerID]store.NumberID{"K2": "02"}})
	})
}

// TestHideCustomer: a hidden customer is not found, except by the functions that complete
// the erasure.
func TestHideCustomer(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	fixture.MustUpdate(t, s, func(tx *store.Tx) {
		tx.PutCustomer(fixture.CustomerBerg)
		tx.FinishErasure(fixture.CustomerBerg.ID) // a customer who was not hidden
		if _, found := tx.Customer(fixture.CustomerBerg.ID); !found || tx.IsBeingErased(fixture.CustomerBerg.ID) {
			t.Error("the customer is gone before anything happened")
		}
		tx.BeginErasure(fixture.CustomerBerg.ID)
	})
	fixture.MustView(t, s, func(tx *store.Tx) {
		if c, found := tx.Customer(fixture.CustomerBerg.ID); found || !tx.IsBeingErased(fixture.CustomerBerg.ID) || c.Surname != "" {
			t.Errorf("a hidden customer is %+v", c)
		}
		fixture.RequireEqual(t, len(tx.CustomersByPerson(fixture.CustomerBerg.PersonFacts())), 0)
		for c := range tx.Customers() {
			t.Errorf("listed is %+v", c)
		}
	})
	fixture.MustUpdate(t, s, func(tx *store.Tx) { tx.PutCustomer(fixture.CustomerBerg) }) // by an import
	fixture.MustView(t, s, func(tx *store.Tx) {
		c, _ := tx.Customer(fixture.CustomerBerg.ID)
		fixture.RequireEqual(t, c, fixture.CustomerBerg)
		fixture.RequireEqual(t, tx.CustomersByPerson(fixture.CustomerBerg.PersonFacts()), []store.CustomerID{fixture.CustomerBerg.ID})
		fixture.RequireEqual(t, tx.IsBeingErased(fixture.CustomerBerg.ID), false)
	})
}

// TestTable: a table read in parts is the whole table, and UpdateEach handles more items
// than one transaction can touch.
func TestTable(t *testing.T) {
	s := fixture.CreateStore(t, fixture.NewFiles(t))
	var subjects []string
	for i := range 500 {
		subjects = append(subjects, fmt.Sprint("subject ", i))
	}
	put := func(tx *store.Tx, subject string) {
		tx.PutAttempts(subject, store.Attempts{Wrong: 1, Last: fixture.MondayNoon})
	}
	if err := store.UpdateEach(t.Context(), s, subjects, put); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for last, more := "", true; more; {
		more = false
		fixture.MustView(t, s, func(tx *store.Tx) {
			seen := 0
			for key, tries := range store.WrongAttemptsRecords.RecordsAfter(tx, last) {
				fixture.RequireEqual(t, tries.Last.UTC(), fixture.MondayNoon)
				keys, last = append(keys, key), key
				if seen++; seen == 7 {
					more = true
					break
				}
			}
		})
	}
	fixture.RequireEqual(t, len(keys), len(subjects))
	fixture.RequireEqual(t, slices.IsSorted(keys), true)
	fixture.RequireEqual(t, len(slices.Compact(slices.Clone(keys))), len(subjects))
	if err := store.UpdateEach(t.Context(), s, keys, store.WrongAttemptsRecords.Delete); err != nil {
		t.Fatal(err)
	}
	counts, err := s.CountRecords(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fixture.RequireEqual(t, counts["tries"], 0)
}
