package operator

import (
	"context"
	"errors"

	"loket/flows/desk"
	"loket/store"
)

// ErrNoAccount means that a customer has no account.
var ErrNoAccount = errors.New("the customer has no account")

// Outcomes of UnlockAccount in the audit log.
const (
	outcomeAccountUnlocked  = "unlocked"
	outcomeAccountNotLocked = "nothing to unlock"
)

// ThrottleState counts the wrong answers at a customer's account, which delay the next answer.
type ThrottleState struct {
	Password    store.Attempts // Password counts wrong passwords.
	PasswordOff bool           // PasswordOff reports whether too many wrong passwords have disabled the password.
	Code        store.Attempts // Code counts wrong codes for a new e-mail address.
	Phones      store.Attempts // Phones counts wrong answers from the customer's own phones.
	// Callers is the number of wrong answers of callers at the service desk about the customer. Only UnlockAccount sets it.
	Callers int
}

// HasNothingToClear reports whether there are no wrong answers to clear.
func (u ThrottleState) HasNothingToClear() bool {
	return !u.Password.HasWrong() && !u.Code.HasWrong() && !u.Phones.HasWrong() && u.Callers == 0
}

// UnlockAccount clears the wrong answers at a customer's account, and those of callers about the customer, and returns the cleared
// counts. The next answer is accepted without a wait, and a disabled password works again. Wrong answers at a terminal stay. The error
// is ErrUnknownCustomer, or ErrNoAccount if there is neither an account nor a wrong answer of a caller.
func UnlockAccount(ctx context.Context, d *desk.Desk, id store.CustomerID) (u ThrottleState, err error) {
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found {
			return ErrUnknownCustomer
		}
		a, has := tx.Account(id)
		callers := desk.DeleteCallerCounts(tx, c, a)
		if !has && callers == 0 {
			return ErrNoAccount
		}
		u = ClearThrottles(tx, d, a)
		u.Callers = callers
		outcome := outcomeAccountUnlocked
		if u.HasNothingToClear() {
			outcome = outcomeAccountNotLocked
		}
		recordOperatorAction(d, tx, id, "customer unlock", outcome)
		return nil
	})
	return u, err
}

// ClearThrottles clears what the throttle holds against an account, and returns it.
func ClearThrottles(tx *store.Tx, d *desk.Desk, a store.Account) ThrottleState {
	u := ReadThrottleState(tx, d, a)
	tx.DeleteAttempts(desk.PasswordThrottleKey(a.Username))
	tx.DeleteAttempts(desk.EmailCodeThrottleKey(a.Customer))
	tx.DeleteAttempts(desk.PhoneThrottleKey(a.Customer))
	return u
}

// ReadThrottleState returns the wrong answers at an account.
func ReadThrottleState(tx *store.Tx, d *desk.Desk, a store.Account) ThrottleState {
	attempts := func(subject string) store.Attempts { return tx.WrongAttempts(subject, d.Settings.LongestWait) }
	password := attempts(desk.PasswordThrottleKey(a.Username))
	password.NotBefore = password.LatestWaitEnd()
	return ThrottleState{
		Password: password, PasswordOff: password.Wrong >= d.Settings.TriesUntilOff,
		Code: attempts(desk.EmailCodeThrottleKey(a.Customer)), Phones: attempts(desk.PhoneThrottleKey(a.Customer)),
	}
}

// RecordViewedCustomers records in the audit log that an operator viewed the records of customers.
func RecordViewedCustomers(ctx context.Context, d *desk.Desk, step string, ids ...store.CustomerID) error {
	return store.UpdateEach(ctx, d.Store, ids, func(tx *store.Tx, id store.CustomerID) { recordOperatorAction(d, tx, id, step, OutcomeCustomerViewed) })
}

// OutcomeCustomerViewed is the outcome in the audit log of a command that shows the records of a customer.
const OutcomeCustomerViewed = "looked"

// recordOperatorAction records an action of an operator in the audit log. The customer c is empty if the entry must not name a
// customer.
func recordOperatorAction(d *desk.Desk, tx *store.Tx, c store.CustomerID, step, outcome string) {
	tx.RecordAudit(store.AuditEntry{
		Terminal: d.Terminal, Operator: d.Operator, Customer: c,
		Flow: store.AuditOperator, Step: step, Outcome: outcome,
	})
}
