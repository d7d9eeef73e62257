package transfer_test

import (
	"testing"

	"loket/store"
	"loket/store/check"
)

// TestApplicationForAnotherProduct holds that whoever holds a product has it as their
// own once an application was for another one after all.
func TestApplicationForAnotherProduct(t *testing.T) {
	const (
		both = `{"type":"customer","id":"K1","surname":"Aalbers","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht"}
{"type":"product","id":"P1","kind":"life","name":"Polis","number":"L1","holders":["K1"],"since":"1994-07-01"}
{"type":"product","id":"P2","kind":"life","name":"Polis","number":"L2","holders":["K1"],"since":"1994-07-01"}
`
		first  = `{"type":"application","id":"A1","product":"P1","applicants":["K1"],"submitted":"2020-01-01"}` + "\n"
		second = `{"type":"application","id":"A1","product":"P2","applicants":["K1"],"submitted":"2020-01-01"}` + "\n"
	)
	s := tempStore(t)
	mustTake(t, s, both+first)
	mustTake(t, s, both+second)
	if err := s.View(t.Context(), func(tx *store.Tx) error {
		c, _ := tx.Customer("K1")
		if h := c.Holding("P1"); h == nil || !h.IsVisible() {
			t.Errorf("of P1 the customer has %+v", h)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := check.CheckStore(t.Context(), s, func(p check.Problem) { t.Error(p) }, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
}

// TestWhoKeepsWhatAnApplicationWasFor tells what is left of a product once an
// application is for another one.
func TestWhoKeepsWhatAnApplicationWasFor(t *testing.T) {
	const (
		another = `{"type":"product","id":"P2","kind":"life","name":"Polis","number":"L2","holders":["K1","K2"],"since":"1994-07-01"}` + "\n"
		other   = `{"type":"application","id":"A2","product":"P1","applicants":["K1"],"submitted":"2020-01-01"}` + "\n"
		moved   = `{"type":"application","id":"A1","product":"P2","applicants":["K1","K2"],"submitted":"2020-01-01"}` + "\n"
	)
	people := anna + bram + another
	for name, c := range map[string]struct {
		before    string
		meanwhile func(tx *store.Tx)
		k1, k2    *store.Holding // of P1
	}{
		"a holder, and one who only applied": {people + policy + both, nil, &store.Holding{Product: "P1"}, nil},
		"two holders":                        {people + joint + both, nil, &store.Holding{Product: "P1"}, &store.Holding{Product: "P1"}},
		"one who opened it": {people + joint + both, func(tx *store.Tx) {
			c, _ := tx.Customer("K1")
			c.Holding("P1").OpenedAt = today()
			tx.PutCustomer(c)
		}, &store.Holding{Product: "P1", Application: "A1", OpenedAt: today()}, &store.Holding{Product: "P1"}},
		"one who applied for it twice": {people + policy + other + both, nil, &store.Holding{Product: "P1", Application: "A2"}, nil},
		"one who was erased": {people + joint + both, func(tx *store.Tx) {
			c, _ := tx.Customer("K2")
			c.Holdings = nil
			tx.PutCustomer(c)
		}, &store.Holding{Product: "P1"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := tempStore(t)
			mustTake(t, s, c.before)
			if c.meanwhile != nil {
				mustUpdate(t, s, func(tx *store.Tx) error { c.meanwhile(tx); return nil })
			}
			mustTake(t, s, moved)
			e := look(t, s)
			same(t, "K1 has of P1", e.Customers[0].Holding("P1"), c.k1)
			same(t, "K2 has of P1", e.Customers[1].Holding("P1"), c.k2)
			for _, customer := range e.Customers {
				if h := customer.Holding("P2"); h == nil || h.IsVisible() && h.Application != "" {
					t.Errorf("%s has of P2 %+v", customer.ID, h)
				}
			}
		})
	}
}
