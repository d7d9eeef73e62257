package flows_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/store"
)

// askNumber requests an activation number for the customer K14, who has no twin.
func askNumber(t *testing.T, d *flowtest.Desk) *flow.Flow {
	return flowtest.MustSubmit(t, flows.RequestNumber(flow.NewVisit(d.Desk)), "birth date", "1-2-1950", "postcode", "3522AP", "house number", "14")
}

// apply makes the customer K14 apply for the given number of products.
func apply(tx *store.Tx, products int) {
	for n := range products {
		id := store.ProductID(fmt.Sprintf("P9%02d", n))
		flowtest.PutProduct(tx, store.Product{ID: id, Kind: store.KindSavings, Name: "Sparen", Number: fmt.Sprint("99", n), Holders: []store.CustomerID{"K14"}})
		tx.PutApplication(store.Application{ID: store.ApplicationID("A" + id), Product: id, Applicants: []store.CustomerID{"K14"}})
		flowtest.AddHolding(tx, "K14", store.Holding{Product: id, Application: store.ApplicationID("A" + id)})
	}
}

// TestMostNumbers tests that one request issues at most ten numbers.
func TestMostNumbers(t *testing.T) {
	for applications, want := range map[int]int{1: 1, 2: 2, 9: 9, 10: 10, 11: 10, 12: 10} {
		d := flowtest.New(t)
		d.Update(t, func(tx *store.Tx) { apply(tx, applications) })
		askNumber(t, d)
		sent := map[string]bool{}
		for _, m := range d.OutboxMessages(t) {
			if m.Template != desk.TemplateNumber {
				t.Errorf("%s was sent", m.Template)
			}
			sent[m.Facts["number"]] = true
		}
		if len(sent) != want {
			t.Errorf("%d applications bring %d numbers, want %d", applications, len(sent), want)
		}
	}
}

// TestTakenNumber tests that the number of one customer is not issued to another customer.
func TestTakenNumber(t *testing.T) {
	d := flowtest.New(t)
	seed := [32]byte{7}
	taken, err := (&desk.Desk{Random: rand.NewChaCha8(seed)}).RandomNumber()
	if err != nil {
		t.Fatal(err)
	}
	d.Update(t, func(tx *store.Tx) {
		apply(tx, 1)
		tx.PutNumber(store.ActivationNumber{Number: taken, Customer: "K01", Application: "A01", Issued: tx.Now, Expires: tx.Now.AddDate(0, 6, 0)})
	})
	d.Random = rand.NewChaCha8(seed)
	askNumber(t, d)
	sent := d.OutboxMessages(t)
	if len(sent) != 1 || sent[0].Facts["number"] == taken {
		t.Errorf("sent %+v", sent)
	}
	d.View(t, func(tx *store.Tx) {
		if n, _ := tx.Number(taken); n.Customer != "K01" {
			t.Errorf("%s is now of %s", taken, n.Customer)
		}
	})
}
