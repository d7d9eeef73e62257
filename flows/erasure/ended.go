package erasure

import (
	"context"
	"maps"
	"slices"
	"time"

	"loket/flows/desk"
	"loket/store"
)

// A Term says how long customers are kept after the bank's relationship with them ended. If Keep is 0, they are kept forever.
type Term struct {
	Now  time.Time
	Keep time.Duration
}

// isOver reports whether a relationship that ended at a time ended long enough ago.
func (t Term) isOver(ended time.Time) bool {
	return t.Keep > 0 && !ended.IsZero() && t.Now.Sub(ended) > t.Keep
}

// maxCustomersPerPass is the number of customers who are erased in one pass over the store, so that their IDs take some megabytes
// of memory at most.
const maxCustomersPerPass = 50_000

// EraseEnded erases the customers whose relationship with the bank ended long enough ago, and who have nothing open: no product
// that goes on, no application that runs, and no message that waits. It also completes erasures that were interrupted. It calls
// record in the transactions in which the last of the customers goes.
func EraseEnded(ctx context.Context, d *desk.Desk, t Term, record func(tx *store.Tx, customers int)) (customers int, err error) {
	err = forEachBatchOfEnded(ctx, d.Store, t, func(ids []store.CustomerID) error {
		e := eraser{Desk: d, ids: ids, isDue: t.mayErase, recordFinished: record}
		err := e.eraseAll(ctx)
		customers += e.counts.Customers
		return err
	})
	return customers, err
}

// CountEnded returns the number of customers whom EraseEnded would erase.
func CountEnded(ctx context.Context, s *store.Store, t Term) (customers int, err error) {
	err = forEachBatchOfEnded(ctx, s, t, func(ids []store.CustomerID) error {
		customers += len(ids)
		return nil
	})
	return customers, err
}

// forEachBatchOfEnded calls do with the customers to erase, at most maxCustomersPerPass at a time.
func forEachBatchOfEnded(ctx context.Context, s *store.Store, t Term, do func([]store.CustomerID) error) error {
	b := endedBatch{store: s, do: do, due: map[store.CustomerID]bool{}}
	isEnded := func(tx *store.Tx, _ string, c store.Customer) bool {
		return c.BeingErased || t.isDue(tx, c, len(c.Holdings))
	}
	_, err := store.ForEachMatch(ctx, s, store.CustomerRecords, "", isEnded, func(found []store.KeyedRecord[store.Customer]) error {
		for _, f := range found {
			if f.Record.BeingErased {
				b.begun = append(b.begun, f.Record.ID)
			} else {
				b.due[f.Record.ID] = true
			}
		}
		if len(b.begun)+len(b.due) < maxCustomersPerPass {
			return nil
		}
		return b.flush(ctx)
	})
	if err != nil {
		return err
	}
	return b.flush(ctx)
}

// maxHoldingsReread is the number of products that are read again in the transaction that hides a customer.
const maxHoldingsReread = 8

// mayErase reports whether a customer is still due. It is for the transaction that hides the customer, and reads at most
// maxHoldingsReread products: the newest, because the others were read shortly before.
func (t Term) mayErase(tx *store.Tx, c store.Customer) bool { return t.isDue(tx, c, maxHoldingsReread) }

// isDue reports whether the relationship with a customer ended long enough ago, by the customer and by their newest products.
func (t Term) isDue(tx *store.Tx, c store.Customer, products int) bool {
	if !t.isOver(c.GoneSince()) {
		return false
	}
	return !slices.ContainsFunc(c.Holdings[max(0, len(c.Holdings)-products):], func(h store.Holding) bool {
		p, found := tx.Product(h.Product)
		return found && !(p.IsClosed() && t.isOver(p.EndedAt()))
	})
}

// An endedBatch gathers customers who are to be erased together.
type endedBatch struct {
	store *store.Store
	do    func([]store.CustomerID) error
	begun []store.CustomerID // begun are customers whose erasure was interrupted.
	due   map[store.CustomerID]bool
}

// flush calls do with the gathered customers, without those who have something open.
func (b *endedBatch) flush(ctx context.Context) error {
	if err := b.dropWaitedFor(ctx); err != nil {
		return err
	}
	if err := b.dropApplicants(ctx); err != nil {
		return err
	}
	ids := append(b.begun, slices.Sorted(maps.Keys(b.due))...)
	b.begun, b.due = nil, map[store.CustomerID]bool{}
	if len(ids) == 0 {
		return nil
	}
	return b.do(ids)
}

// dropWaitedFor drops the customers to whom a message waits.
func (b *endedBatch) dropWaitedFor(ctx context.Context) error {
	if len(b.due) == 0 {
		return nil
	}
	waits := func(_ *store.Tx, _ string, m store.Message) bool {
		return b.due[m.Customer] && m.SendState() == store.MessageWaiting
	}
	_, err := store.ForEachMatch(ctx, b.store, store.MessageRecords, "", waits, func(found []store.KeyedRecord[store.Message]) error {
		for _, f := range found {
			delete(b.due, f.Record.Customer)
		}
		return nil
	})
	return err
}

// dropApplicants drops the applicants of an application that runs for a customer who is due.
func (b *endedBatch) dropApplicants(ctx context.Context) error {
	if len(b.due) == 0 {
		return nil
	}
	runs := func(tx *store.Tx, _ string, a store.Application) bool {
		return slices.ContainsFunc(a.Applicants, func(id store.CustomerID) bool { return b.due[id] && isRunning(tx, a, id) })
	}
	_, err := store.ForEachMatch(ctx, b.store, store.ApplicationRecords, "", runs, func(found []store.KeyedRecord[store.Application]) error {
		for _, f := range found {
			for _, id := range f.Record.Applicants {
				delete(b.due, id)
			}
		}
		return nil
	})
	return err
}

// isRunning reports whether an application may still lead to something for an applicant: it was not withdrawn, its product goes on,
// and the applicant's activation number was not used, revoked or deleted. An application for an account has no product, and runs
// while its number works.
func isRunning(tx *store.Tx, a store.Application, applicant store.CustomerID) bool {
	if !a.Ended.IsZero() {
		return false
	}
	latest, isIssued := a.LatestNumbers[applicant]
	n, found := tx.NumberByID(latest)
	state := n.NumberStateAt(tx.Now)
	if a.Product == "" {
		return found && state == store.NumberIssued
	}
	if isIssued && (!found || state == store.NumberUsed || state == store.NumberRevoked) {
		return false
	}
	p, found := tx.Product(a.Product)
	return found && !p.IsClosed()
}
