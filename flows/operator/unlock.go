package operator

import (
	"context"
	"errors"

	"loket/flows/desk"
	"loket/store"
)

// ErrNoAccount says that a customer has no account.
var ErrNoAccount = errors.New("the customer has no account")

// Outcomes of unlocking an account.
const (
	outcomeUnlocked  = "unlocked"
	outcomeNotLocked = "nothing to unlock"
)

// ThrottleState is what the throttle holds against a customer's account.
type ThrottleState struct {
	Password    store.Attempts // wrong passwords
	PasswordOff bool           // the password is off because of them
	Code        store.Attempts // wrong codes for a new e-mail address
	Phones      store.Attempts // wrong answers with the customer's own phones
}

// IsEmpty reports whether there is nothing to unlock.
func (u ThrottleState) IsEmpty() bool {
	return !u.Password.HasWrong() && !u.Code.HasWrong() && !u.Phones.HasWrong()
}

// UnlockAccount clears what the throttle holds against a customer's account, and returns it. The next
// answer is accepted without a wait, and a password that was off works again. What the throttle
// holds against a terminal stays. The error is ErrUnknownCustomer or ErrNoAccount if there is
// nothing to unlock.
func UnlockAccount(ctx context.Context, d *desk.Desk, id store.CustomerID) (u ThrottleState, err error) {
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		if _, found := tx.Customer(id); !found {
			return ErrUnknownCustomer
		}
		a, found := tx.Account(id)
		if !found {
			return ErrNoAccount
		}
		u = ClearThrottles(tx, d, a)
		outcome := outcomeUnlocked
		if u.IsEmpty() {
			outcome = outcomeNotLocked
		}
		recordAction(d, tx, id, "customer unlock", outcome)
		return nil
	})
	return u, err
}

// ClearThrottles clears what the throttle holds against an account, and returns it.
func ClearThrottles(tx *store.Tx, d *desk.Desk, a store.Account) ThrottleState {
	u := ThrottleStateOf(tx, d, a)
	tx.DeleteAttempts(desk.PasswordThrottleKey(a.Username))
	tx.DeleteAttempts(desk.CodeThrottleKey(a.Customer))
	tx.DeleteAttempts(desk.PhoneThrottleKey(a.Customer))
	return u
}

// ThrottleStateOf returns what the throttle holds against an account.
func ThrottleStateOf(tx *store.Tx, d *desk.Desk, a store.Account) ThrottleState {
	attempts := func(subject string) store.Attempts { return tx.WrongAttempts(subject, d.Settings.LongestWait) }
	password := attempts(desk.PasswordThrottleKey(a.Username))
	password.NotBefore = password.WaitsUntil()
	return ThrottleState{password, password.Wrong >= d.Settings.TriesUntilOff, attempts(desk.CodeThrottleKey(a.Customer)), attempts(desk.PhoneThrottleKey(a.Customer))}
}

// RecordViews records in the audit log that an operator viewed the records of customers.
func RecordViews(ctx context.Context, d *desk.Desk, step string, ids ...store.CustomerID) error {
	return store.UpdateEach(ctx, d.Store, ids, func(tx *store.Tx, id store.CustomerID) { recordAction(d, tx, id, step, Viewed) })
}

// Viewed is the outcome of a command that shows the records of a customer.
const Viewed = "looked"

// recordAction records in the audit log what an operator did. c is empty if the entry may name
// no customer.
func recordAction(d *desk.Desk, tx *store.Tx, c store.CustomerID, step, outcome string) {
	tx.RecordAudit(store.AuditEntry{
		Terminal: d.Terminal, Operator: d.Operator, Customer: c,
		Flow: store.AuditOperator, Step: step, Outcome: outcome,
	})
}
