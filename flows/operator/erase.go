package operator

import (
	"context"
	"errors"

	"loket/flows/desk"
	"loket/flows/erasure"
	"loket/flows/maintenance"
	"loket/store"
)

const outcomeErased = "erased"

// EraseResult counts the records that were erased.
type EraseResult struct {
	Account bool `json:"account"`
	erasure.Counts
}

// EraseCustomer deletes everything that the desk knows about a customer, as erasure.EraseCustomers does, and scrubs it from the
// database file. After an interruption, the same call completes it. The error is ErrUnknownCustomer if there is no such customer,
// and ErrCameBack if an import brought the customer back during the erasure.
func EraseCustomer(ctx context.Context, d *desk.Desk, id store.CustomerID) (e EraseResult, err error) {
	if err := d.Store.View(ctx, func(tx *store.Tx) error {
		if _, found := tx.Customer(id); !found && !tx.IsBeingErased(id) {
			return ErrUnknownCustomer
		}
		return nil
	}); err != nil {
		return e, err
	}
	e.Counts, err = erasure.EraseCustomers(ctx, d, []store.CustomerID{id}, func(tx *store.Tx, _ int) {
		recordOperatorAction(d, tx, "", "customer erase", outcomeErased)
	})
	e.Account = e.Accounts > 0
	if err != nil {
		return e, err
	}
	if e.Customers == 0 { // An import or another erasure took the last of it, but much of it was erased here.
		if err := d.Store.Update(ctx, func(tx *store.Tx) error {
			recordOperatorAction(d, tx, "", "customer erase", outcomeErased)
			return nil
		}); err != nil {
			return e, err
		}
	}
	if err := d.Store.View(ctx, func(tx *store.Tx) error {
		if _, found := tx.Customer(id); found {
			return ErrCameBack
		}
		return nil
	}); err != nil {
		return e, err
	}
	return e, maintenance.Scrub(ctx, d.Store, d.Clock)
}

// ErrCameBack means that an import stored the customer anew while the erasure ran. What the import brought is there.
var ErrCameBack = errors.New("an import brought the customer back during the erasure: erase again to let it all go")
