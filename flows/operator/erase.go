package operator

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
	"loket/store/auditlog"
	"loket/store/kvdb"
)

const outcomeErased = "erased"

// EraseResult counts the records that were erased.
type EraseResult struct {
	Account        bool `json:"account"`
	Products       int  `json:"products"`           // Products counts deleted products, which nobody else held.
	SharedProducts int  `json:"products_of_others"` // SharedProducts counts products that other customers keep.
	Applications   int  `json:"applications"`
	Numbers        int  `json:"activation_numbers"`
	Messages       int  `json:"messages"`
	AuditEntries   int  `json:"audit_entries"` // AuditEntries counts entries that no longer name the customer.
}

// EraseCustomer deletes everything that the desk knows about a customer. Products and applications that other customers share
// stay, without this customer. Audit entries stay, without the customer's ID. Requests to the service desk by visitors who
// were not logged in stay, because they belong to no customer.
//
// EraseCustomer first deletes the account and the personal details of the customer, in one transaction. From then on the
// customer cannot log in, activate anything or be found, and their visits are over. It deletes the customer's ID last, so that
// an interrupted erasure can be completed by running the same command again. The error is ErrUnknownCustomer if there is no
// such customer.
func EraseCustomer(ctx context.Context, d *desk.Desk, id store.CustomerID) (e EraseResult, err error) {
	if err := closeAccount(ctx, d, id, &e); err != nil {
		return e, err
	}
	if err := eraseCustomerRecords(ctx, d, id, &e); err != nil {
		return e, fmt.Errorf("erase what belongs to the customer: %w", err)
	}
	if e.AuditEntries, err = auditlog.ForgetCustomer(ctx, d.Store, id); err != nil {
		return e, err
	}
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		tx.FinishErasure(id)
		recordOperatorAction(d, tx, "", "customer erase", outcomeErased)
		return nil
	})
	if err != nil {
		return e, fmt.Errorf("erase the customer's number: %w", err)
	}
	if err = maintenance.Scrub(ctx, d.Store, d.Clock); errors.Is(err, kvdb.ErrTooManyConflicts) {
		err = ErrFileNotScrubbed
	}
	return e, err
}

// closeAccount deletes the account and hides the customer. This is the first step of an erasure.
func closeAccount(ctx context.Context, d *desk.Desk, id store.CustomerID, e *EraseResult) error {
	return d.Store.Update(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found && !tx.IsBeingErased(id) {
			return ErrUnknownCustomer
		}
		if found {
			var a store.Account
			a, e.Account = tx.Account(id)
			desk.DeleteThrottleCounts(tx, c, a)
			tx.DeleteAccount(id)
			tx.BeginErasure(id)
		}
		return nil
	})
}

// eraseCustomerRecords deletes the other records of the customer. This is the second step of an erasure, when only an import could
// still add records.
func eraseCustomerRecords(ctx context.Context, d *desk.Desk, id store.CustomerID, e *EraseResult) error {
	var b CustomerRecords
	var others map[store.ProductID][]store.CustomerID
	if err := d.Store.View(ctx, func(tx *store.Tx) error {
		b = FindCustomerRecords(tx, id)
		others = otherHolders(tx, b.Products, id)
		return nil
	}); err != nil {
		return err
	}
	e.Applications, e.Numbers, e.Messages = len(b.Applications), len(b.Numbers), len(b.Messages)
	s := d.Store
	return errors.Join(
		store.UpdateEach(ctx, s, b.Numbers, func(tx *store.Tx, n store.ActivationNumber) { tx.DeleteNumber(n.ID) }),
		store.UpdateEach(ctx, s, b.Applications, func(tx *store.Tx, a store.Application) { tx.WithdrawApplicant(a.ID, id) }),
		releaseProducts(ctx, d, b.Products, id, others, e),
		store.UpdateEach(ctx, s, b.Messages, func(tx *store.Tx, m store.Message) { tx.DeleteMessage(m.ID) }),
		eraseChallenges(ctx, d),
	)
}

// eraseChallenges deletes the login challenges of accounts that no longer exist, including the keys in them.
func eraseChallenges(ctx context.Context, d *desk.Desk) error {
	var orphaned []string
	if err := d.Store.View(ctx, func(tx *store.Tx) error {
		orphaned = nil
		for key, c := range store.ChallengeRecords.RecordsAfter(tx, "") {
			if c.UserHandle == nil {
				continue
			}
			if _, found := tx.AccountByHandle(c.UserHandle); !found {
				orphaned = append(orphaned, key)
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return store.UpdateEach(ctx, d.Store, orphaned, func(tx *store.Tx, key string) { store.ChallengeRecords.Delete(tx, key) })
}

// releaseProducts removes a holder from products. It uses one transaction for each product, because finding the other holders
// takes many reads.
func releaseProducts(ctx context.Context, d *desk.Desk, products []store.Product, holder store.CustomerID, others map[store.ProductID][]store.CustomerID, e *EraseResult) error {
	for _, p := range products {
		shared := false
		if err := d.Store.Update(ctx, func(tx *store.Tx) error {
			shared = releaseProduct(tx, p.ID, holder, others[p.ID])
			return nil
		}); err != nil {
			return err
		}
		if shared {
			e.SharedProducts++
		} else {
			e.Products++
		}
	}
	return nil
}

// otherHolders returns for each product the customers who have it, without the customer except. These are its other holders
// or, if there are none, the customers who applied for it.
func otherHolders(tx *store.Tx, products []store.Product, except store.CustomerID) map[store.ProductID][]store.CustomerID {
	others := map[store.ProductID][]store.CustomerID{}
	for _, p := range products {
		if left := withoutCustomer(p.Holders, except); len(left) > 0 {
			others[p.ID] = left
		}
	}
	if len(others) == len(products) {
		return others
	}
	soleHolder := map[store.ProductID]bool{}
	for _, p := range products {
		soleHolder[p.ID] = len(others[p.ID]) == 0
	}
	for c := range tx.Customers() { // The customer who is being erased is hidden and does not appear here.
		for _, h := range c.Holdings {
			if soleHolder[h.Product] {
				others[h.Product] = append(others[h.Product], c.ID)
			}
		}
	}
	return others
}

// releaseProduct removes a holder from a product, and reports whether other customers have the product. If there are no
// others, it deletes the product. The parameter others is the result of otherHolders for this product.
func releaseProduct(tx *store.Tx, id store.ProductID, holder store.CustomerID, others []store.CustomerID) (shared bool) {
	p, found := tx.Product(id)
	if !found {
		return false
	}
	left := withoutCustomer(p.Holders, holder)
	if len(left) == 0 {
		left = filterCurrentHolders(tx, id, others)
	}
	if len(left) == 0 {
		tx.DeleteProduct(id)
		return false
	}
	p.Holders = left
	tx.PutProduct(p)
	return true
}

// maxOtherHolders limits how many other holders of a product are read again, so that the transaction stays within
// kvdb.MaxKeys. The product and its indexes take fewer than 20 keys. Hardly any product has more holders; the holders beyond
// the limit are kept without another read.
const maxOtherHolders = kvdb.MaxKeys - 20

// filterCurrentHolders returns the given customers who still hold a product. Some may have been erased in the meantime.
func filterCurrentHolders(tx *store.Tx, id store.ProductID, customers []store.CustomerID) []store.CustomerID {
	reads := 0
	return slices.DeleteFunc(slices.Clone(customers), func(other store.CustomerID) bool {
		if reads++; reads > maxOtherHolders {
			return false
		}
		c, _ := tx.Customer(other)
		return c.Holding(id) == nil
	})
}

func withoutCustomer(ids []store.CustomerID, id store.CustomerID) []store.CustomerID {
	return slices.DeleteFunc(slices.Clone(ids), func(other store.CustomerID) bool { return other == id })
}

// ErrFileNotScrubbed means that all records are erased, but the database file may still contain old pages with them, which
// somebody with the keys could read.
var ErrFileNotScrubbed = errors.New("all is erased, but the database file could not be scrubbed of it, since somebody was reading from it: the next retention does that")
