package store_test

import (
	"slices"
	"testing"

	"loket/store"
	"loket/store/fixture"
)

// TestByEmail: customers are found by the address that they have now, in whatever letters, also those who share one; and no more
// than asked for.
func TestByEmail(t *testing.T) {
	s := fixture.NewStore(t, nil)
	find := func(email string, most int) (ids []store.CustomerID) {
		fixture.MustView(t, s.Store, func(tx *store.Tx) { ids = tx.CustomersByEmail(email, most) })
		slices.Sort(ids)
		return ids
	}
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
		for _, id := range []store.CustomerID{"K1", "K2", "K3"} {
			c := fixture.CustomerBerg
			c.ID, c.Email = id, "Samen@Example.org"
			tx.PutCustomer(c)
		}
		c := fixture.CustomerBerg
		c.ID, c.Email = "K4", ""
		tx.PutCustomer(c)
	})
	change := func(id store.CustomerID, facts func(*store.Customer)) {
		fixture.MustUpdate(t, s.Store, func(tx *store.Tx) {
			c, _ := tx.Customer(id)
			facts(&c)
			tx.PutCustomer(c)
		})
		fixture.RequireNoProblems(t, s.Store)
	}
	fixture.RequireEqual(t, find("samen@EXAMPLE.org", 9), []store.CustomerID{"K1", "K2", "K3"})
	fixture.RequireEqual(t, len(find("samen@example.org", 2)), 2)
	fixture.RequireEqual(t, len(find("samen@example.or", 9))+len(find("", 9)), 0)
	change("K1", func(c *store.Customer) { c.Email = "samen@example.org" })
	change("K1", func(c *store.Customer) { c.Postcode = "3512 CD" })
	fixture.RequireEqual(t, find("samen@example.org", 9), []store.CustomerID{"K1", "K2", "K3"})
	change("K2", func(c *store.Customer) { c.Email = "eigen@example.org" })
	change("K3", func(c *store.Customer) { c.Email = "" })
	change("K4", func(c *store.Customer) { c.Email = "eigen@example.org" })
	fixture.RequireEqual(t, find("samen@example.org", 9), []store.CustomerID{"K1"})
	fixture.RequireEqual(t, find("eigen@example.org", 9), []store.CustomerID{"K2", "K4"})
	fixture.MustUpdate(t, s.Store, func(tx *store.Tx) { tx.BeginErasure("K1"); tx.BeginErasure("K2"); tx.FinishErasure("K2") })
	fixture.RequireNoProblems(t, s.Store)
	fixture.RequireEqual(t, len(find("samen@example.org", 9)), 0)
	fixture.RequireEqual(t, find("eigen@example.org", 9), []store.CustomerID{"K4"})
}
