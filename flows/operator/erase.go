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

// Erased counts what was erased.
type Erased struct {
	Account      bool
	Products     int // gone, since nobody else held them
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
// It begins with the account and with who the customer is, in one transaction:
// from then on nobody can log in, activate anything or be found, and visits of
// theirs are over. The number of the customer goes last, so that an Erase that
// was interrupted is completed by another one. The error is ErrUnknownCustomer if
// there is nobody to erase.
func Erase(ctx context.Context, d *desk.Desk, id store.CustomerID) (e Erased, err error) {
	if err := hide(ctx, d, id, &e); err != nil {
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
		record(d, tx, "", "customer erase", erased)
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

// hide is the first step of Erase.
func hide(ctx context.Context, d *desk.Desk, id store.CustomerID, e *Erased) error {
	return d.Store.Update(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found && !tx.Leaving(id) {
			return ErrUnknownCustomer
		}
		if found {
			var a store.Account
			a, e.Account = tx.Account(id)
			desk.ForgetCounts(tx, c, a)
			tx.DeleteAccount(id)
			tx.HideCustomer(id)
		}
		return nil
	})
}

// eraseBelongings is the second step of Erase. Nobody brings anything more that is
// the customer's, but an import.
func eraseBelongings(ctx context.Context, d *desk.Desk, id store.CustomerID, e *Erased) error {
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
		store.Each(ctx, s, b.Numbers, func(tx *store.Tx, n store.ActivationNumber) { tx.DeleteNumber(n.ID) }),
		store.Each(ctx, s, b.Applications, func(tx *store.Tx, a store.Application) { tx.Withdraw(a.ID, id) }),
		releaseAll(ctx, d, b.Products, id, others, e),
		store.Each(ctx, s, b.Messages, func(tx *store.Tx, m store.Message) { tx.DeleteMessage(m.ID) }),
		eraseChallenges(ctx, d),
	)
}

// eraseChallenges takes away those that have to do with an account that is no more,
// with the keys of the phones that answered.
func eraseChallenges(ctx context.Context, d *desk.Desk) error {
	var nobodys []string
	if err := d.Store.View(ctx, func(tx *store.Tx) error {
		nobodys = nil
		for key, c := range store.ChallengeRecords.After(tx, "") {
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
	return store.Each(ctx, d.Store, nobodys, func(tx *store.Tx, key string) { store.ChallengeRecords.Delete(tx, key) })
}

// releaseAll takes products from one of their holders, each in a transaction of its
// own, since it takes many reads to see who else has it.
func releaseAll(ctx context.Context, d *desk.Desk, products []store.Product, holder store.CustomerID, others map[store.ProductID][]store.CustomerID, e *Erased) error {
	for _, p := range products {
		shared := false
		if err := d.Store.Update(ctx, func(tx *store.Tx) error {
			shared = release(tx, p.ID, holder, others[p.ID])
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
		if left := without(p.Holders, but); len(left) > 0 {
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
	for c := range tx.Customers() {
		for _, h := range c.Holdings {
			if alone[h.Product] && c.ID != but {
				others[h.Product] = append(others[h.Product], c.ID)
			}
		}
	}
	return others
}

// release takes a product from one of its holders, and away if nobody else has it,
// which it tells. Others are those who had it a moment ago (otherHolders).
func release(tx *store.Tx, id store.ProductID, holder store.CustomerID, others []store.CustomerID) (shared bool) {
	p, found := tx.Product(id)
	if !found {
		return false
	}
	left := without(p.Holders, holder)
	if len(left) == 0 {
		left = stillHolding(tx, id, others)
	}
	if len(left) == 0 {
		tx.DeleteProduct(id)
		return false
	}
	p.Holders = left
	tx.PutProduct(p)
	return true
}

// mostOthers is how many other holders of a product are looked at again; those
// that come after them, of which hardly any product has one, have it as before.
// The product itself and what it is found by take few keys.
const mostOthers = kvdb.MaxKeys - 20

// stillHolding are those of some customers who hold a product by now: others may
// have been erased meanwhile.
func stillHolding(tx *store.Tx, id store.ProductID, customers []store.CustomerID) []store.CustomerID {
	looked := 0
	return slices.DeleteFunc(slices.Clone(customers), func(other store.CustomerID) bool {
		if looked++; looked > mostOthers {
			return false
		}
		c, found := tx.Customer(other)
		return !found || c.Holding(id) == nil
	})
}

func without(ids []store.CustomerID, id store.CustomerID) []store.CustomerID {
	return slices.DeleteFunc(slices.Clone(ids), func(other store.CustomerID) bool { return other == id })
}

// ErrUnscrubbed says that all is erased, but may still be in the database file for
// who has the keys and knows where to look.
var ErrUnscrubbed = errors.New("all is erased, but the database file could not be scrubbed of it, since somebody was reading from it: the next retention does that")
