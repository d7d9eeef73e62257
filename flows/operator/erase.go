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

const erased = "erased"

// EraseResult counts what was erased.
type EraseResult struct {
	Account      bool
	Products     int // gone, because nobody else held them
	Shared       int // products that others keep
	Applications int
	Numbers      int
	Messages     int
	Entries      int // of the audit log that no longer say whom they were about
}

// Erase takes away all that the desk knows of a customer. Products that others
// hold as well, and applications of several, stay without them; the audit log
// stays without their number. What somebody asked of the service desk without
// logging in is nobody's, and stays as long as it waits.
//
// It begins with the account and the customer's particulars, in one transaction:
// from then on nobody can log in, activate anything or be found, and visits of
// theirs are over. The number of the customer goes last, so that an Erase that
// was interrupted is completed by another one. The error is ErrUnknownCustomer if
// there is nobody to erase.
func Erase(ctx context.Context, d *desk.Desk, id store.CustomerID) (e EraseResult, err error) {
	if err := hideCustomer(ctx, d, id, &e); err != nil {
		return e, err
	}
	if err := eraseBelongings(ctx, d, id, &e); err != nil {
		return e, fmt.Errorf("erase what belongs to the customer: %w", err)
	}
	if e.Entries, err = auditlog.Forget(ctx, d.Store, id); err != nil {
		return e, err
	}
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		tx.DropCustomer(id)
		recordAction(d, tx, "", "customer erase", erased)
		return nil
	})
	if err != nil {
		return e, fmt.Errorf("erase the customer's number: %w", err)
	}
	if err = maintenance.Scrub(ctx, d.Store, d.Clock); errors.Is(err, kvdb.ErrBusy) {
		err = ErrUnscrubbed
	}
	return e, err
}

// hideCustomer is the first step of Erase.
func hideCustomer(ctx context.Context, d *desk.Desk, id store.CustomerID, e *EraseResult) error {
	return d.Store.Update(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found && !tx.IsBeingErased(id) {
			return ErrUnknownCustomer
		}
		if found {
			var a store.Account
			a, e.Account = tx.Account(id)
			desk.DeleteCounts(tx, c, a)
			tx.DeleteAccount(id)
			tx.HideCustomer(id)
		}
		return nil
	})
}

// eraseBelongings is the second step of Erase. Nobody brings anything more that is
// the customer's, but an import.
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

// eraseChallenges takes away those that have to do with an account that is no more,
// with the keys of the phones that answered.
func eraseChallenges(ctx context.Context, d *desk.Desk) error {
	var nobodys []string
	if err := d.Store.View(ctx, func(tx *store.Tx) error {
		nobodys = nil
		for key, c := range store.ChallengeRecords.RecordsAfter(tx, "") {
			if c.Handle == nil {
				continue
			}
			if _, found := tx.AccountByHandle(c.Handle); !found {
				nobodys = append(nobodys, key)
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return store.UpdateEach(ctx, d.Store, nobodys, func(tx *store.Tx, key string) { store.ChallengeRecords.Delete(tx, key) })
}

// releaseProducts takes products from one of their holders, each in a transaction of its
// own, because it takes many reads to see who else has it.
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
			e.Shared++
		} else {
			e.Products++
		}
	}
	return nil
}

// otherHolders are those who have something of each product besides one customer:
// its other holders, or, if there are none, whoever applied for it.
func otherHolders(tx *store.Tx, products []store.Product, but store.CustomerID) map[store.ProductID][]store.CustomerID {
	others := map[store.ProductID][]store.CustomerID{}
	for _, p := range products {
		if left := withoutCustomer(p.Holders, but); len(left) > 0 {
			others[p.ID] = left
		}
	}
	if len(others) == len(products) {
		return others
	}
	alone := map[store.ProductID]bool{}
	for _, p := range products {
		alone[p.ID] = len(others[p.ID]) == 0
	}
	for c := range tx.Customers() { // the one who leaves is hidden from it
		for _, h := range c.Holdings {
			if alone[h.Product] {
				others[h.Product] = append(others[h.Product], c.ID)
			}
		}
	}
	return others
}

// releaseProduct takes a product from one of its holders, and away if nobody else has it,
// which it tells. Others are those who had it a moment ago (otherHolders).
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

// maxOtherHolders is how many other holders of a product are looked at again; those
// that come after them, of which hardly any product has one, have it as before.
// The product itself and what it is found by take few keys.
const maxOtherHolders = kvdb.MaxKeys - 20

// currentHolders are those of some customers who hold a product by now: others may
// have been erased meanwhile.
func currentHolders(tx *store.Tx, id store.ProductID, customers []store.CustomerID) []store.CustomerID {
	looked := 0
	return slices.DeleteFunc(slices.Clone(customers), func(other store.CustomerID) bool {
		if looked++; looked > maxOtherHolders {
			return false
		}
		c, _ := tx.Customer(other)
		return c.Holding(id) == nil
	})
}

func withoutCustomer(ids []store.CustomerID, id store.CustomerID) []store.CustomerID {
	return slices.DeleteFunc(slices.Clone(ids), func(other store.CustomerID) bool { return other == id })
}

// ErrUnscrubbed says that all is erased, but may still be in the database file for
// who has the keys and knows where to look.
var ErrUnscrubbed = errors.New("all is erased, but the database file could not be scrubbed of it, since somebody was reading from it: the next retention does that")
