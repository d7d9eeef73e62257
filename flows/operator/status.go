package operator

import (
	"context"
	"time"

	"loket/flows/desk"
	"loket/store"
)

// Outcomes in the audit log of changes to the status of a customer.
const (
	customerActive   = "customer active again"
	customerBlocked  = "customer blocked"
	customerDeceased = "customer deceased"
	customerRemoved  = "customer removed"
)

// RecordStatus records in the audit log that an import changed the status of a customer at the bank. It does nothing if the
// status is the same before and now.
func RecordStatus(tx *store.Tx, d *desk.Desk, before, now store.Customer) {
	if was, is := bankStatusOutcome(before), bankStatusOutcome(now); was != is {
		recordOperatorAction(d, tx, now.ID, importStep, is)
	}
}

// bankStatusOutcome returns the audit outcome for a customer's status at the bank.
func bankStatusOutcome(c store.Customer) string {
	switch {
	case !c.Ended.IsZero():
		return customerRemoved
	case c.Status == store.CustomerDeceased:
		return customerDeceased
	case c.Status == store.CustomerBlocked:
		return customerBlocked
	}
	return customerActive
}

// CustomerStatus returns "active", "blocked", "deceased" or "removed" for a customer. The service desk can block a customer who is
// active at the bank.
func CustomerStatus(c store.Customer) string {
	switch {
	case !c.Ended.IsZero():
		return "removed"
	case c.Status != "":
		return string(c.Status)
	case !c.Blocked.IsZero():
		return string(store.CustomerBlocked)
	}
	return "active"
}

// BlockCustomer blocks a customer at the desk until Unblock, even if the customer is active at the bank: the customer cannot log in,
// open visits end, and waiting messages that would let the customer in are withdrawn. It returns the number of withdrawn
// messages, and reports whether the customer was not blocked before. The error is ErrUnknownCustomer if there is no such
// customer.
func BlockCustomer(ctx context.Context, d *desk.Desk, id store.CustomerID) (withdrawn int, isNew bool, err error) {
	if isNew, err = storeBlocked(ctx, d, id, true); err == nil {
		withdrawn, err = WithdrawForbiddenMessages(ctx, d, func(to store.CustomerID) bool { return to == id })
	}
	return withdrawn, isNew, err
}

// UnblockCustomer undoes Block, and reports whether the customer had been blocked by the service desk. A customer whom the bank has
// blocked remains blocked.
func UnblockCustomer(ctx context.Context, d *desk.Desk, id store.CustomerID) (was bool, err error) {
	return storeBlocked(ctx, d, id, false)
}

func storeBlocked(ctx context.Context, d *desk.Desk, id store.CustomerID, blocked bool) (changed bool, err error) {
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found {
			return ErrUnknownCustomer
		}
		if changed = SetCustomerBlocked(tx, c, blocked); !changed {
			return nil
		}
		step, outcome := "customer unblock", customerActive
		if blocked {
			step, outcome = "customer block", customerBlocked
		}
		recordOperatorAction(d, tx, id, step, outcome)
		return nil
	})
	return changed, err
}

// SetCustomerBlocked blocks or unblocks a customer, and reports whether that is new.
func SetCustomerBlocked(tx *store.Tx, c store.Customer, blocked bool) (isNew bool) {
	if c.Blocked.IsZero() != blocked {
		return false
	}
	if c.Blocked = (time.Time{}); blocked {
		c.Blocked = tx.Now
	}
	tx.PutCustomer(c)
	return true
}

// WithdrawForbiddenMessages deletes waiting messages that the given customers may no longer receive from the outbox, and returns the
// number of deleted messages.
func WithdrawForbiddenMessages(ctx context.Context, d *desk.Desk, to func(store.CustomerID) bool) (withdrawn int, err error) {
	isTheirs := func(_ *store.Tx, _ string, m store.Message) bool { return to(m.Customer) && m.To != nil }
	_, err = store.ForEachMatch(ctx, d.Store, store.MessageRecords, "", isTheirs, func(found []store.KeyedRecord[store.Message]) error {
		for _, f := range found {
			var gone bool
			if err := d.Store.Update(ctx, func(tx *store.Tx) error {
				gone = withdrawIfForbidden(tx, d, f.Record.ID)
				return nil
			}); err != nil {
				return err
			}
			if gone {
				withdrawn++
			}
		}
		return nil
	})
	return withdrawn, err
}

func withdrawIfForbidden(tx *store.Tx, d *desk.Desk, id string) bool {
	m, found := tx.Message(id)
	if !found || desk.MayReceiveMessage(tx, m.Customer, m.Template) || !tx.DeleteUnsent(id) {
		return false
	}
	recordOperatorAction(d, tx, m.Customer, "withdraw", "message withdrawn")
	return true
}
