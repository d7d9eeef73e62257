package erasure

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"loket/flows/desk"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/reindex"
)

// Counts counts what an erasure deleted or changed.
type Counts struct {
	Customers      int `json:"-"` // Customers counts customers of whom nothing is left.
	Accounts       int `json:"-"`
	Products       int `json:"products"`           // Products counts deleted products, which nobody else held.
	SharedProducts int `json:"products_of_others"` // SharedProducts counts products that other customers keep.
	Applications   int `json:"applications"`
	Numbers        int `json:"activation_numbers"`
	Messages       int `json:"messages"`
	AuditEntries   int `json:"audit_entries"` // AuditEntries counts entries that no longer name a customer.
}

// An eraser erases customers in one pass over the store.
type eraser struct {
	*desk.Desk
	ids []store.CustomerID
	// isDue reports whether a customer is still to be erased, in the transaction that hides them.
	isDue func(*store.Tx, store.Customer) bool
	// recordFinished records in the audit log that some customers are erased.
	recordFinished func(tx *store.Tx, customers int)

	hidden map[store.CustomerID]bool // hidden are the customers who are being erased.
	counts Counts
}

// EraseCustomers deletes everything that the desk knows about some customers, and calls record in the transactions in which the
// last of it goes. IDs of unknown customers are ignored. Products and applications that other customers share stay, without these
// customers. Audit entries stay, without the customers' IDs. Requests to the service desk by visitors who were not logged in stay,
// because they belong to no customer.
func EraseCustomers(ctx context.Context, d *desk.Desk, ids []store.CustomerID, record func(tx *store.Tx, customers int)) (Counts, error) {
	e := eraser{Desk: d, ids: ids, isDue: func(*store.Tx, store.Customer) bool { return true }, recordFinished: record}
	err := e.eraseAll(ctx)
	return e.counts, err
}

func (e *eraser) eraseAll(ctx context.Context) error {
	if err := e.hideCustomers(ctx); err != nil || len(e.hidden) == 0 {
		return err
	}
	for _, part := range []struct {
		name  string
		erase func(context.Context) error
	}{
		{"activation numbers", e.eraseNumbers}, // Before their applications, which refer to them.
		{"applications", e.eraseApplications},
		{"products", e.eraseProducts},
		{"messages", e.eraseMessages},
		{"challenges", e.eraseChallenges},
		{"entries of the audit log", e.eraseFromLog},
		{"entries of indexes", func(ctx context.Context) error { return reindex.WaitAndMend(ctx, e.Store) }},
		{"customer numbers", e.finishErasure},
	} {
		if err := part.erase(ctx); err != nil {
			return fmt.Errorf("erase %s: %w", part.name, err)
		}
	}
	return nil
}

// customersPerTx is the number of customers whom one transaction hides. Each takes at most 25 keys, and maxHoldingsReread more to
// see whether the customer is still due: see kvdb.MaxKeys.
const customersPerTx = 3

// hideCustomers deletes the account and the personal details of each customer. From then on the customer is not found, and their
// visits are over.
func (e *eraser) hideCustomers(ctx context.Context) error {
	e.hidden = make(map[store.CustomerID]bool, len(e.ids))
	for some := range slices.Chunk(e.ids, customersPerTx) {
		var hidden []store.CustomerID
		accounts := 0
		if err := e.Store.Update(ctx, func(tx *store.Tx) error {
			hidden, accounts = nil, 0
			for _, id := range some {
				isHidden, hadAccount := e.hideCustomer(tx, id)
				if isHidden {
					hidden = append(hidden, id)
				}
				if hadAccount {
					accounts++
				}
			}
			return nil
		}); err != nil {
			return fmt.Errorf("hide customers: %w", err)
		}
		e.counts.Accounts += accounts
		for _, id := range hidden {
			e.hidden[id] = true
		}
	}
	return nil
}

// hideCustomer begins the erasure of a customer who is due, and reports whether the customer is being erased. It also reports
// whether it deleted an account.
func (e *eraser) hideCustomer(tx *store.Tx, id store.CustomerID) (isHidden, hadAccount bool) {
	c, found := tx.Customer(id)
	if !found {
		return tx.IsBeingErased(id), false
	}
	if !e.isDue(tx, c) {
		return false, false
	}
	a, hadAccount := tx.Account(id)
	desk.DeleteThrottleCounts(tx, c, a)
	tx.DeleteAccount(id)
	tx.BeginErasure(id)
	return true, hadAccount
}

// hiddenIDs returns the customers who are being erased. An import may have brought others back before they were hidden.
func (e *eraser) hiddenIDs() []store.CustomerID { return slices.Sorted(maps.Keys(e.hidden)) }

// eraseFromLog makes the audit log forget the customers.
func (e *eraser) eraseFromLog(ctx context.Context) (err error) {
	e.counts.AuditEntries, err = auditlog.ForgetCustomers(ctx, e.Store, e.hiddenIDs()...)
	return err
}

// finishedPerTx is the number of customers whose last record one transaction deletes. Each takes one key.
const finishedPerTx = 100

// finishErasure deletes what was kept of the customers to complete an interrupted erasure: their IDs.
func (e *eraser) finishErasure(ctx context.Context) error {
	for some := range slices.Chunk(e.hiddenIDs(), finishedPerTx) {
		finished := 0
		if err := e.Store.Update(ctx, func(tx *store.Tx) error {
			finished = 0
			for _, id := range some {
				if tx.IsBeingErased(id) {
					tx.FinishErasure(id)
					finished++
				}
			}
			if finished > 0 {
				e.recordFinished(tx, finished)
			}
			return nil
		}); err != nil {
			return err
		}
		e.counts.Customers += finished
	}
	return nil
}
