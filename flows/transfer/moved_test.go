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
		if h := c.Holding("P1"); h == nil || !h.Shows() {
			t.Errorf("of P1 the customer has %+v", h)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := check.Run(t.Context(), s, func(p check.Problem) { t.Error(p) }, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
}
