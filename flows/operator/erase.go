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

// EraseResult counts what was erased.
type EraseResult struct {
	Account        bool `json:"account"`
	Products       int  `json:"products"`           // deleted, because nobody else held them
	SharedProducts int  `json:"products_of_others"` // products that other customers keep
	Applications   int  `json:"applications"`
	Numbers        int  `json:"activation_numbers"`
	Messages       int  `json:"messages"`
	AuditEntries   int  `json:"audit_entries"` // entries of the audit log that no longer name the customer
}

// EraseCustomer deletes all that the desk knows about a customer. Products and applications of several
// customers stay without this one. The audit log stays without the customer's ID. A request to
// the service desk by a visitor who was not logged in belongs to no customer, and stays.
//
// It begins with the account and the particulars of the customer, in one transaction. From then
// on the customer cannot log in, activate anything or be found, and their visits are over. The
// customer's ID is deleted last, so that the same command completes an erasure that was
// interrupted. The error is ErrUnknownCustomer if there is no such customer.
func EraseCustomer(ctx context.Context, d *desk.Desk, id store.CustomerID) (e EraseResult, err error) {
	if err := closeAccount(ctx, d, id, &e); err != nil {
		return e, err
	}
	if err := eraseBelongings(ctx, d, id, &e); err != nil {
		return e, fmt.Errorf("erase what belongs to the customer: %w", err)
	}
	if e.AuditEntries, err = auditlog.ForgetCustomer(ctx, d.Store, id); err != nil {
		return e, err
	}
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		tx.FinishErasure(id)
		recordAction(d, tx, "", "customer erase", outcomeErased)
		return nil
	})
	if err != nil {
		return e, fmt.Errorf("erase the customer's number: %w", err)
	}
	if err = maintenance.Scrub(ctx, d.Store, d.Clock); errors.Is(err, kvdb.ErrBusy) {
		err = ErrFileNotScrubbed
	}
	return e, err
}

// closeAccount deletes the account and hides the customer, as the first step of the erasure.
func closeAccount(ctx context.Context, d *desk.Desk, id store.CustomerID, e *EraseResult) error {
	return d.Store.Update(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found && !tx.IsBeingErased(id) {
			return ErrUnknownCustomer
		}
		if found {
			var a store.Account
			a, e.Account = tx.Account(id)
			desk.DeleteCustomerCounts(tx, c, a)
			tx.DeleteAccount(id)
			tx.BeginErasure(id)
		}
		return nil
	})
}

// eraseBelongings deletes the other records of the customer, as the second step of the erasure.
// By then only an import could add more of them.
func eraseBelongings(ctx context.Context, d *desk.Desk, id store.CustomerID, e *EraseResult) error {
	var b Records
	var others map[store.ProductID][]store.CustomerID
	if err := d.Store.View(ctx, func(tx *store.Tx) error {
		b = RecordsOf(tx, id)
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

// eraseChallenges deletes the challenges of accounts that no longer exist, with the keys in them.
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

// releaseProducts removes a holder from products, each in a transaction of its own, because it
// takes many reads to find the other holders.
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

// otherHolders returns the customers besides one who have each product: its other holders or, if
// it has no others, those who applied for it.
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
	for c := range tx.Customers() { // the customer to erase is hidden, and not among them
		for _, h := range c.Holdings {
			if soleHolder[h.Product] {
				others[h.Product] = append(others[h.Product], c.ID)
			}
		}
	}
	return others
}

// releaseProduct removes a holder from a product, and reports whether other customers have the
// product. If there are no others it deletes the product. others are those whom otherHolders
// found before.
func releaseProduct(tx *store.Tx, id store.ProductID, holder store.CustomerID, others []store.CustomerID) (shared bool) {
	p, found := tx.Product(id)
	if !found {
		return false
	}
	left := withoutCustomer(p.Holders, holder)
	if len(left) == 0 {
		left = currentHolders(tx, id, others)
	}
	if len(left) == 0 {
		tx.DeleteProduct(id)
		return false
	}
	p.Holders = left
	tx.PutProduct(p)
	return true
}

// maxOtherHolders is how many other holders of a product are read again, so that the transaction
// stays within MaxKeys. The product and its indexes take fewer than 20 keys. Hardly any product
// has more holders, and those count as holders without another read.
const maxOtherHolders = kvdb.MaxKeys - 20

// currentHolders returns those of the customers who still hold a product. Some may have been
// erased meanwhile.
func currentHolders(tx *store.Tx, id store.ProductID, customers []store.CustomerID) []store.CustomerID {
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

// ErrFileNotScrubbed says that all records are erased, but the pages that had them may still be in
// the database file, where they can be read with the keys.
var ErrFileNotScrubbed = errors.New("all is erased, but the database file could not be scrubbed of it, since somebody was reading from it: the next retention does that")
