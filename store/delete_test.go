package store_test

import (
	"fmt"
	"slices"
	"testing"

	"loket/store"
)

// TestDelete takes away one of each kind of record: nothing that leads to it is left.
func TestDelete(t *testing.T) {
	s := create(t, newFiles(t))
	update(t, s, fill)
	update(t, s, func(tx *store.Tx) {
		tx.DeleteNumber(tx.NumberID(number.Number))
		a, _ := tx.Application("A3000001")
		same(t, a.Latest, map[store.CustomerID]store.NumberID{berg.ID: ""})
		tx.Withdraw("A3000001", berg.ID)
		tx.DeleteProduct(savings.ID)
		for m := range tx.Messages() {
			tx.DeleteMessage(m.ID)
		}
		tx.DeleteAccount(berg.ID)
		tx.DeleteTries("password of abvdzandbergen")
		tx.DeleteRequests("username for K1000001")
		tx.HideCustomer(berg.ID)
		tx.DropCustomer(berg.ID)
	})
	counts, err := s.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"customer", "person", "account", "username", "handle", "product", "product number", "application", "number", "outbox", "turn", "tries", "requests"} {
		if counts[table] != 0 {
			t.Errorf("%d records of %q are left", counts[table], table)
		}
	}
	update(t, s, func(tx *store.Tx) { // of what is not there
		tx.DeleteNumber(tx.NumberID(number.Number))
		tx.Withdraw("A3000001", berg.ID)
		tx.DeleteProduct(savings.ID)
		tx.DeleteMessage("0")
		tx.DeleteAccount(berg.ID)
		tx.HideCustomer(berg.ID)
		tx.DropCustomer(berg.ID)
	})
}

// TestWithdraw leaves an application to its other applicants.
func TestWithdraw(t *testing.T) {
	s := create(t, newFiles(t))
	update(t, s, func(tx *store.Tx) {
		tx.PutApplication(store.Application{ID: "A1", Applicants: []store.CustomerID{"K1", "K2"}, Latest: map[store.CustomerID]store.NumberID{"K1": "01", "K2": "02"}})
		tx.Withdraw("A1", "K1")
		a, _ := tx.Application("A1")
		same(t, a, store.Application{ID: "A1", Applicants: []store.CustomerID{"K2"}, Latest: map[store.CustomerID]store.NumberID{"K2": "02"}})
	})
}

// TestHideCustomer: who is hidden is nobody, but for who completes what was begun.
func TestHideCustomer(t *testing.T) {
	s := create(t, newFiles(t))
	update(t, s, func(tx *store.Tx) {
		tx.PutCustomer(berg)
		tx.DropCustomer(berg.ID) // who was not hidden
		if _, found := tx.Customer(berg.ID); !found || tx.Leaving(berg.ID) {
			t.Error("the customer is gone before anything happened")
		}
		tx.HideCustomer(berg.ID)
	})
	view(t, s, func(tx *store.Tx) {
		if c, found := tx.Customer(berg.ID); found || !tx.Leaving(berg.ID) || c.Surname != "" {
			t.Errorf("a hidden customer is %+v", c)
		}
		same(t, len(tx.Persons(berg.Person())), 0)
		for c := range tx.Customers() {
			t.Errorf("listed is %+v", c)
		}
	})
	update(t, s, func(tx *store.Tx) { tx.PutCustomer(berg) }) // by an import
	view(t, s, func(tx *store.Tx) {
		c, _ := tx.Customer(berg.ID)
		same(t, c, berg)
		same(t, tx.Persons(berg.Person()), []store.CustomerID{berg.ID})
		same(t, tx.Leaving(berg.ID), false)
	})
}

// TestShelf: piece by piece a shelf is all of it, and what Each does to more than
// one transaction can touch is done to all of them.
func TestShelf(t *testing.T) {
	s := create(t, newFiles(t))
	var subjects []string
	for i := range 500 {
		subjects = append(subjects, fmt.Sprint("subject ", i))
	}
	put := func(tx *store.Tx, subject string) { tx.PutTries(subject, store.Tries{Wrong: 1, Last: noon}) }
	if err := store.Each(t.Context(), s, subjects, put); err != nil {
		t.Fatal(err)
	}
	var keys []string
	for last, more := "", true; more; {
		more = false
		view(t, s, func(tx *store.Tx) {
			seen := 0
			for key, tries := range store.TriesShelf.After(tx, last) {
				same(t, tries.Last.UTC(), noon)
				keys, last = append(keys, key), key
				if seen++; seen == 7 {
					more = true
					break
				}
			}
		})
	}
	same(t, len(keys), len(subjects))
	same(t, slices.IsSorted(keys), true)
	same(t, len(slices.Compact(slices.Clone(keys))), len(subjects))
	if err := store.Each(t.Context(), s, keys, store.TriesShelf.Delete); err != nil {
		t.Fatal(err)
	}
	counts, err := s.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	same(t, counts["tries"], 0)
}
