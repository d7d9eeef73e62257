package flows

import (
	"context"
	"errors"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/store"
)

// Overview is what mijn.nn shows to the customer who is logged in (A8, V1).
type Overview struct {
	Name     string
	Products []Holding // by kind, in the order of store.ProductKinds
}

// Holding is a product of the customer, with the others who hold it.
type Holding struct {
	store.Product
	OtherHolders []string // the names of the other holders
}

// errNotLoggedIn is a fault of the program, because no menu leads here without a login.
var errNotLoggedIn = errors.New("nobody is logged in")

// OverviewOf returns the products of the customer who is logged in. It leaves out products
// whose activation number is still to be used (A4).
func OverviewOf(ctx context.Context, v *flow.Visit) (Overview, error) {
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

// hadActivationNumber reports whether the customer ever got an activation number for the application.
// Without a number nothing could open the product.
func hadActivationNumber(tx *store.Tx, id store.CustomerID, h store.Holding) bool {
	a, _ := tx.Application(h.Application)
	_, hadOne := a.LatestNumbers[id]
	return hadOne
}

// otherHolders returns the names of the holders of p except one.
func otherHolders(tx *store.Tx, p store.Product, except store.CustomerID) (names []string) {
	for _, id := range p.Holders {
		if c, found := tx.Customer(id); found && id != except {
			names = append(names, desk.CustomerName(c))
		}
	}
	return names
}
