package operator

import (
	"context"
	"time"

	"loket/flows/desk"
	"loket/flows/text"
	"loket/store"
)

// statusTold has what a customer reads of these outcomes in the activity.
var statusTold = map[string]text.Text{
	customerBlocked: text.New("Wij blokkeerden je toegang", "We blocked your access"),
	customerActive:  text.New("Wij gaven je weer toegang", "We gave you access again"),
}

// What the audit log calls what became of a customer.
const (
	customerActive   = "customer active again"
	customerBlocked  = "customer blocked"
	customerDeceased = "customer deceased"
	customerRemoved  = "customer removed"
)

// RecordStatus notes in the audit log that an import changed whether the desk deals with a
// customer, if it did.
func RecordStatus(tx *store.Tx, d *desk.Desk, before, now store.Customer) {
	if was, is := bankStatus(before), bankStatus(now); was != is {
		recordAction(d, tx, now.ID, importStep, is)
	}
}

// bankStatus returns the outcome that stands for the status of a customer at the bank.
func bankStatus(c store.Customer) string {
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

// StatusOf returns whether a customer is active, blocked, deceased or removed. The service desk can
// block a customer who is active at the bank.
func StatusOf(c store.Customer) string {
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

// Block has the desk deal with a customer no more, whatever the bank says, until Unblock: nobody
// logs in, visits of theirs end, and what waits and would let in is withdrawn. It reports whether
// that is new. The error is ErrUnknownCustomer if there is nobody to block.
func Block(ctx context.Context, d *desk.Desk, id store.CustomerID) (withdrawn int, isNew bool, err error) {
	if isNew, err = setBlocked(ctx, d, id, true); err == nil {
		withdrawn, err = WithdrawMessages(ctx, d, func(to store.CustomerID) bool { return to == id })
	}
	return withdrawn, isNew, err
}

// Unblock undoes Block, and reports whether there was anything to undo. A customer whom the bank
// has as blocked stays so.
func Unblock(ctx context.Context, d *desk.Desk, id store.CustomerID) (was bool, err error) {
	return setBlocked(ctx, d, id, false)
}

func setBlocked(ctx context.Context, d *desk.Desk, id store.CustomerID, blocked bool) (changed bool, err error) {
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found {
			return ErrUnknownCustomer
		}
		if changed = SetBlocked(tx, c, blocked); !changed {
			return nil
		}
		step, outcome := "customer unblock", customerActive
		if blocked {
			step, outcome = "customer block", customerBlocked
		}
		recordAction(d, tx, id, step, outcome)
		return nil
	})
	return changed, err
}

// SetBlocked blocks or unblocks a customer, and reports whether that is new.
func SetBlocked(tx *store.Tx, c store.Customer, blocked bool) (isNew bool) {
	if c.Blocked.IsZero() != blocked {
		return false
	}
	if c.Blocked = (time.Time{}); blocked {
		c.Blocked = tx.Now
	}
	tx.PutCustomer(c)
	return true
}

// WithdrawMessages takes from the outbox what waits for some customers and may not go to them
// any more, and returns how many messages those were.
func WithdrawMessages(ctx context.Context, d *desk.Desk, to func(store.CustomerID) bool) (withdrawn int, err error) {
	var waiting []string
	if err := d.Store.View(ctx, func(tx *store.Tx) error {
		waiting = nil
		for m := range tx.Messages() {
			if to(m.Customer) && m.To != nil {
				waiting = append(waiting, m.ID)
			}
		}
		return nil
	}); err != nil {
		return 0, err
	}
	for _, id := range waiting {
		var gone bool
		if err := d.Store.Update(ctx, func(tx *store.Tx) error {
			gone = withdrawMessage(tx, d, id)
			return nil
		}); err != nil {
			return withdrawn, err
		}
		if gone {
			withdrawn++
		}
	}
	return withdrawn, nil
}

func withdrawMessage(tx *store.Tx, d *desk.Desk, id string) bool {
	m, found := tx.Message(id)
	if !found || desk.MayReceive(tx, m.Customer, m.Template) || !tx.DeleteUnsent(id) {
		return false
	}
	recordAction(d, tx, m.Customer, "withdraw", "message withdrawn")
	return true
}
