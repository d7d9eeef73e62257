package flows_test

import (
	"slices"
	"testing"

	"loket/flows"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
)

// TestOverviewShows tests that a product with an activation number is hidden until the number is used (A4, V1).
func TestOverviewShows(t *testing.T) {
	d := flowtest.New(t)
	me := store.Customer{ID: "K90", Surname: "Kijker", BirthDate: "1980-01-01", Postcode: "1234 AB", HouseNumber: 1, Language: "nl"}
	d.Update(t, func(tx *store.Tx) {
		for _, p := range []store.ProductID{"P90", "P91", "P92"} {
			me.AddHolding(p)
			tx.PutProduct(store.Product{ID: p, Kind: store.KindSavings, Number: string(p), NormalisedNumber: string(p), Holders: []store.CustomerID{me.ID}})
		}
		me.AddHolding("P91").Application, me.AddHolding("P92").Application = "A91", "A92"
		tx.PutCustomer(me)
		tx.PutApplication(store.Application{ID: "A91", Product: "P91", Applicants: []store.CustomerID{me.ID}})
		tx.PutApplication(store.Application{ID: "A92", Product: "P92", Applicants: []store.CustomerID{me.ID}})
		tx.IssueNumber(store.ActivationNumber{Number: "909090909092", Customer: me.ID, Application: "A92", Issued: tx.Now, Expires: tx.Now.AddDate(0, 6, 0)})
	})
	d.Update(t, func(tx *store.Tx) { tx.PutAccount(store.Account{Customer: me.ID, Username: "ikzelf"}) })
	v := flow.NewVisit(d.Desk)
	v.LogIn(store.Account{Customer: me.ID}, me, nil)
	sees := func(want ...store.ProductID) {
		t.Helper()
		o, err := flows.LoadProductOverview(t.Context(), v)
		if err != nil {
			t.Fatal(err)
		}
		var got []store.ProductID
		for _, p := range o.Products {
			got = append(got, p.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("sees %v, want %v", got, want)
		}
	}
	sees("P90", "P91")
	flowtest.MustSubmit(t, flows.AddProduct(v), "number", "9090 9090 9092")
	sees("P90", "P91", "P92")
}
