package operator

import (
	"context"
	"slices"

	"loket/flows/desk"
	"loket/store"
)

// CustomerReport is what the desk knows about a customer, for an operator.
type CustomerReport struct {
	store.Customer
	Account   *store.Account // nil if there is none
	LockedOut ThrottleState  // what the throttle holds against the account
	Records
	Activity []store.AuditEntry // the latest, newest first
}

// recentActivity is how many entries of the audit log a report has.
const recentActivity = 20

// Report returns what the desk knows about a customer. The error is ErrUnknownCustomer if there
// is no such customer.
func Report(ctx context.Context, d *desk.Desk, id store.CustomerID) (of CustomerReport, err error) {
	err = d.Store.View(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found {
			return ErrUnknownCustomer
		}
		of = CustomerReport{Customer: c, Records: RecordsOf(tx, id)}
		if a, has := tx.Account(id); has {
			of.Account, of.LockedOut = &a, throttleStateOf(d, tx, a)
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

// Address returns the two lines of the customer's address.
func (d CustomerReport) Address() (street, place string) {
	return desk.StreetLine(d.Customer), desk.CityLine(d.Customer)
}
