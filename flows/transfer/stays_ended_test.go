package transfer_test

import (
	"strings"
	"testing"
	"time"

	"loket/flows/transfer"
	"loket/store"
)

// TestStaysEnded checks that a file that describes what had ended, and then says that it is removed, changes nothing. An export
// is such a file. What ended keeps the time at which it did, so that it goes when it should.
func TestStaysEnded(t *testing.T) {
	for name, how := range map[string]func(*store.Store, string) (transfer.Summary, error){
		"alone": func(s *store.Store, file string) (transfer.Summary, error) { return take(t, s, file) },
		"beside a desk": func(s *store.Store, file string) (transfer.Summary, error) {
			return transfer.ImportConcurrent(t.Context(), deskOf(s), strings.NewReader(file), transfer.Options{})
		},
	} {
		s := tempStore(t)
		mustTake(t, s, feed)
		mustTake(t, s, removed("customer", "K1")+removed("customer", "K2")+removed("product", "P1")+removed("application", "A1"))
		mustUpdate(t, s, func(tx *store.Tx) error { // They ended a month ago.
			for _, id := range []store.CustomerID{"K1", "K2"} {
				c, _ := tx.Customer(id)
				c.Ended = c.Ended.AddDate(0, -1, 0)
				tx.PutCustomer(c)
			}
			p, _ := tx.ProductRecord("P1")
			p.Ended = p.Ended.AddDate(0, -1, 0)
			tx.PutProduct(p)
			a, _ := tx.Application("A1")
			a.Ended = a.Ended.AddDate(0, -1, 0)
			tx.PutApplication(a)
			return nil
		})
		file, _ := export(t, s)
		before := endings(t, s)
		summary, err := how(s, file)
		if err != nil {
			t.Fatal(err)
		}
		if all := summary.SumCounts(); all.New+all.Changed > 0 || summary.Ended != nil {
			t.Errorf("%s: it counts %+v, and ended %v", name, all, summary.Ended)
		}
		same(t, name, endings(t, s), before)

		summary, err = how(s, strings.Replace(file, "Bos", "Bosch", 1))
		if all := summary.SumCounts(); err != nil || all.New > 0 || all.Changed != 1 || summary.Ended != nil {
			t.Errorf("%s: with another name it counts %+v, and ended %v: %v", name, all, summary.Ended, err)
		}
		mustUpdate(t, s, func(tx *store.Tx) error {
			if c, _ := tx.Customer("K2"); c.Surname != "Bosch" || !c.Ended.Equal(before["K2"]) {
				t.Errorf("%s: K2 is %+v", name, c)
			}
			return nil
		})
		checkSound(t, s)
	}
}

// endings returns when the customers, the product and the application of the feed ended.
func endings(t *testing.T, s *store.Store) map[string]time.Time {
	t.Helper()
	all := map[string]time.Time{}
	e := look(t, s)
	for _, c := range e.Customers {
		all[string(c.ID)] = c.Ended
	}
	for _, p := range e.Products {
		all[string(p.ID)] = p.Ended
	}
	for _, a := range e.Applications {
		all[string(a.ID)] = a.Ended
	}
	return all
}

// TestRemovedAndDescribedAgain checks that the same file twice changes nothing, also where it describes what an earlier line removes,
// and that activation numbers of such an application go on working.
func TestRemovedAndDescribedAgain(t *testing.T) {
	file := removed("customer", "K1") + removed("product", "P1") + removed("application", "A1") +
		strings.Replace(removed("holder", "P1"), "}", `,"customer":"K2"}`, 1) + feed
	for _, concurrently := range []bool{false, true} {
		s := tempStore(t)
		mustTake(t, s, feed)
		for range 2 {
			how := transfer.Import
			if concurrently {
				how = transfer.ImportConcurrent
			}
			summary, err := how(t.Context(), deskOf(s), strings.NewReader(file), transfer.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if all := summary.SumCounts(); all.New+all.Changed > 0 || summary.Ended != nil {
				t.Errorf("it counts %+v, and ended %v", all, summary.Ended)
			}
		}
		mustUpdate(t, s, func(tx *store.Tx) error {
			if n, _ := tx.Number("481620957733"); n.NumberStateAt(tx.Now) != store.NumberIssued {
				t.Errorf("the number is %s", n.NumberStateAt(tx.Now))
			}
			return nil
		})
		checkSound(t, s)
	}
}
