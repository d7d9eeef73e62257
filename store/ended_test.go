package store_test

import (
	"testing"
	"time"

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

// TestGoneSince tests from when on a customer is gone: from the last of what ended, and never while the bank has them.
func TestGoneSince(t *testing.T) {
	day := func(n int) time.Time { return fixture.MondayNoon.AddDate(0, 0, n) }
	removed := func(c *store.Customer) { c.Ended = day(-9) }
	died := func(c *store.Customer) { c.Status = store.CustomerDeceased }
	for name, test := range map[string]struct {
		facts  func(*store.Customer)
		closed string // the day on which the product ended that they lose
		want   time.Time
	}{
		"a customer":                        {func(*store.Customer) {}, "2026-12-30", time.Time{}},
		"blocked":                           {func(c *store.Customer) { c.Status = store.CustomerBlocked }, "", time.Time{}},
		"removed":                           {removed, "", day(-9)},
		"removed after the product":         {removed, "2026-12-01", day(-9)},
		"removed before the product":        {removed, "2027-01-01", time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)},
		"deceased":                          {died, "", day(0)},
		"deceased before the product ended": {died, "2027-02-01", time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)},
	} {
		t.Run(name, func(t *testing.T) {
			s := fixture.NewStore(t, nil)
			fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
				c, p := fixture.CustomerBerg, fixture.Savings
				test.facts(&c)
				p.Holders, p.Closed = []store.CustomerID{c.ID}, test.closed
				c.AddHolding(p.ID)
				tx.PutCustomer(c)
				tx.PutProduct(p)
			})
			fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
				if test.closed != "" {
					tx.RetireProduct(fixture.Savings.ID)
				}
				c, _ := tx.Customer(fixture.CustomerBerg.ID)
				if got := c.GoneSince(); !got.Equal(test.want) || (test.closed != "") != (len(c.Holdings) == 0) {
					t.Errorf("gone since %v, want %v: %+v", got, test.want, c)
				}
				c.Status = ""
				tx.PutCustomer(c)
				if c, _ = tx.Customer(c.ID); !c.DeceasedSince.IsZero() {
					t.Error("alive, and deceased since some time")
				}
			})
		})
	}
}
