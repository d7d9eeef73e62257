package flows

import (
	"context"
	"slices"

	"loket/flows/desk"
	"loket/store"
)

// Dossier is what the desk knows of a customer, for an operator.
type Dossier struct {
	store.Customer
	Account *store.Account // nil if there is none
	Held    Unlocked       // against the account
	Belongings
	Activity []store.AuditEntry // the latest, newest first
}

// recentActivity is how many entries of the audit log stand in a dossier.
const recentActivity = 20

// DossierOf gathers what the desk knows of a customer. The error is
// ErrUnknownCustomer if there is none.
func DossierOf(ctx context.Context, d *desk.Desk, id store.CustomerID) (of Dossier, err error) {
	err = d.Store.View(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found {
			return ErrUnknownCustomer
		}
		of = Dossier{Customer: c, Belongings: BelongingsOf(tx, id)}
		if a, has := tx.Account(id); has {
			of.Account, of.Held = &a, lockedOut(d, tx, a)
		}
		for e := range tx.Activity(id) {
			of.Activity = append(of.Activity, e)
		}
		return nil
	})
	slices.Reverse(of.Activity)
	of.Activity = of.Activity[:min(len(of.Activity), recentActivity)]
	return of, err
}

// Address gives the two lines of where the customer lives.
func (d Dossier) Address() (street, place string) {
	return desk.StreetLine(d.Customer), desk.CityLine(d.Customer)
}
