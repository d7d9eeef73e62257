package store_test

import (
	"testing"

	"loket/store"
	"loket/store/fixture"
)

// TestRetire: a product that has ended is nobody's once it was retired, and found by nobody. The
// line that it came from is known, unless the bank itself had it no more.
func TestRetire(t *testing.T) {
	for name, end := range map[string]func(tx *store.Tx, p store.Product) (known bool){
		"closed": func(tx *store.Tx, p store.Product) bool {
			p.Closed = "2027-01-01"
			tx.PutProduct(p)
			return true
		},
		"removed": func(tx *store.Tx, p store.Product) bool { tx.EndProduct(p); return false },
	} {
		t.Run(name, func(t *testing.T) {
			s := fixture.NewStore(t, nil)
			var known bool
			fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
				fixture.PutAllRecords(tx)
				fixture.AddSavingsHolding(tx)
				p := fixture.Savings
				p.Origin = 7
				known = end(tx, p)
			})
			fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
				p, _ := tx.Product(fixture.Savings.ID)
				if c, _ := tx.Customer(fixture.CustomerBerg.ID); !p.IsClosed() || c.Holding(p.ID) == nil {
					t.Errorf("it is %+v", p)
				}
				for range 2 {
					tx.RetireProduct(p.ID)
				}
			})
			fixture.MustView(t, s.Store, func(tx *store.Tx) {
				_, found := tx.Product(fixture.Savings.ID)
				c, _ := tx.Customer(fixture.CustomerBerg.ID)
				for p := range tx.Products() {
					t.Errorf("there is %+v", p)
				}
				if found || c.Holding(fixture.Savings.ID) != nil || len(tx.ProductsByNumber(fixture.Savings.NormalisedNumber)) > 0 {
					t.Error("it is there still")
				}
				want := store.Product{ID: fixture.Savings.ID, Retired: true}
				if known {
					want.Origin = 7
				}
				kept, _ := tx.ProductRecord(fixture.Savings.ID)
				fixture.RequireEqual(t, kept, want)
			})
			fixture.RequireNoProblems(t, s.Store)
			fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.PutProduct(fixture.Savings) })
			fixture.RequireNoProblems(t, s.Store)
		})
	}
}
