package maintenance

import (
	"fmt"
	"testing"
	"testing/synctest"

	"loket/store"
)

// TestManyRecords: retention removes more records than one transaction can touch.
func TestManyRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		const many = 1000
		for from := 0; from < many; from += 20 {
			o.update(t, func(tx *store.Tx) {
				for i := from; i < from+20; i++ {
					n := store.ActivationNumber{Number: fmt.Sprintf("%012d", i), Customer: "K1", Application: store.ApplicationID(fmt.Sprint("A", i)), Expires: tx.Now}
					tx.PutApplication(store.Application{ID: n.Application, Applicants: []store.CustomerID{"K1"}})
					tx.IssueNumber(n)
					tx.PutMessage(store.Message{Customer: "K1", Channel: store.ByEmail})
				}
			})
			o.update(t, func(tx *store.Tx) {
				for turn := range tx.DueEntries(store.ByEmail) {
					m, _ := tx.Message(turn.Message)
					tx.MarkSent(m)
				}
			})
		}
		o.later(t, 367*day)
		if f := o.forget(t); f.Numbers != many || f.Messages != many {
			t.Errorf("removed %+v", f)
		}
		counts, err := o.Store.CountRecords(t.Context())
		if err != nil || counts["number"]+counts["outbox"]+counts["turn"] > 0 || counts["application"] != many {
			t.Errorf("left are %v, %v", counts, err)
		}
	})
}

// TestManyPeople tests that retention removes applications and products of 20 persons each, who together touch more keys than one
// transaction can.
func TestManyPeople(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t)
		const many = 31
		for i := range many {
			requested, closed := store.ProductID(fmt.Sprint("requested", i)), store.ProductID(fmt.Sprint("closed", i))
			o.update(t, func(tx *store.Tx) {
				var people []store.CustomerID
				for p := range 20 {
					c := store.Customer{ID: store.CustomerID(fmt.Sprint("K", i, "-", p)), BirthDate: "1980-01-01"}
					c.AddHolding(closed)
					tx.PutCustomer(c)
					people = append(people, c.ID)
				}
				tx.PutProduct(store.Product{ID: requested, NormalisedNumber: string(requested), Holders: people})
				tx.PutApplication(store.Application{ID: store.ApplicationID(fmt.Sprint("A", i)), Product: requested, Applicants: people, Ended: tx.Now})
				tx.PutProduct(store.Product{ID: closed, NormalisedNumber: string(closed), Holders: people, Ended: tx.Now})
			})
		}
		o.later(t, 367*day)
		if f := o.forget(t); f.Applications != many || f.Products != many {
			t.Errorf("removed %+v", f)
		}
		if err := o.Store.View(t.Context(), func(tx *store.Tx) error {
			for p := range tx.Products() {
				if len(p.Holders) != 20 || len(p.Unopened) != 20 || p.IsClosed() {
					t.Errorf("the product of a withdrawn application is %+v", p)
				}
			}
			for c := range tx.Customers() {
				if len(c.Holdings) > 0 {
					t.Errorf("a customer keeps %d holdings", len(c.Holdings))
				}
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	})
}
