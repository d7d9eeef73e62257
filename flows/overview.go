package flows

import (
	"context"
	"errors"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/store"
)

// Overview is the overview of products that a logged-in customer sees (A8, V1).
type Overview struct {
	Name     string
	Products []Holding // Products are sorted by kind, in the order of store.ProductKinds.
}

// Holding is a product of the customer, with the names of its other holders.
type Holding struct {
	store.Product
	OtherHolders []string
}

// errNotLoggedIn means that the program has a bug: no menu offers the overview to visitors who are not logged in.
var errNotLoggedIn = errors.New("nobody is logged in")

// LoadProductOverview returns the products of the logged-in customer. It leaves out products whose activation number is not used yet
// (A4).
func LoadProductOverview(ctx context.Context, v *flow.Visit) (Overview, error) {
	var o Overview
	if !v.LoggedIn() {
		return o, errNotLoggedIn
	}
	err := v.ReadAsCustomer(ctx, func(tx *store.Tx) error {
		c, _ := tx.Customer(v.Customer())
		held := map[store.ProductKind][]Holding{}
		for _, h := range c.Holdings {
			if p, found := tx.Product(h.Product); found && (h.IsVisible() || !hadActivationNumber(tx, c.ID, h)) {
				held[p.Kind] = append(held[p.Kind], Holding{p, otherHolders(tx, p, c.ID)})
			}
		}
		o = Overview{Name: desk.CustomerName(c)}
		for _, kind := range store.ProductKinds {
			o.Products = append(o.Products, held[kind]...)
		}
		return nil
	})
	return o, err
}

// hadActivationNumber reports whether an activation number was ever issued to the customer for a product. The overview shows
// a product without one at once, because no number can open the product later.
func hadActivationNumber(tx *store.Tx, id store.CustomerID, h store.Holding) bool {
	a, _ := tx.Application(h.Application)
	_, hadOne := a.LatestNumbers[id]
	return hadOne
}

// otherHolders returns the names of all holders of p but one.
func otherHolders(tx *store.Tx, p store.Product, except store.CustomerID) (names []string) {
	for _, id := range p.Holders {
		if c, found := tx.Customer(id); found && id != except {
			names = append(names, desk.CustomerName(c))
		}
	}
	return names
}
