package operator

import (
	"context"
	"errors"
	"slices"

	"loket/flows/desk"
	"loket/store"
)

// Why no activation number can be issued, or revoked.
var (
	ErrUnknownCustomer    = errors.New("there is no such customer")
	ErrUnknownApplication = errors.New("there is no such application")
	ErrNotAnApplicant     = errors.New("the customer is not an applicant of this application")
	ErrOpened             = errors.New("the product of this application was opened with an activation number already")
	ErrNoNumber           = errors.New("there is no activation number that works for this customer and application")
)

// IssueNumber gives a customer an activation number for an application, which
// works until the end of the same day so many months later, and so does the one
// before it (A1, A2). If send, it goes to them by e-mail, or by letter
// if there is no address. The error is one of those above where a reason is known.
func IssueNumber(ctx context.Context, d *desk.Desk, c store.CustomerID, a store.ApplicationID, send bool) (n store.ActivationNumber, err error) {
	for {
		digits, err := d.DrawNumber()
		if err != nil {
			return n, err
		}
		err = d.Store.Update(ctx, func(tx *store.Tx) error {
			n, err = issue(d, tx, digits, c, a)
			if err != nil {
				return err
			}
			outcome := numberMade
			if send {
				d.SendNumber(tx, n)
				outcome = numberSent
			}
			recordNumber(d, tx, c, "issue", outcome)
			return nil
		})
		if !errors.Is(err, desk.ErrNumberTaken) {
			return n, err
		}
	}
}

// RevokeNumber makes the activation numbers of a customer for an application
// useless, those in letters that are on their way too, and returns them. If none of
// them works, the error is ErrNoNumber.
func RevokeNumber(ctx context.Context, d *desk.Desk, c store.CustomerID, a store.ApplicationID) (revoked []store.ActivationNumber, err error) {
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		application, err := applicationOf(tx, c, a)
		if err != nil {
			return err
		}
		if revoked = tx.Revoke(application, c); len(revoked) == 0 {
			return ErrNoNumber
		}
		recordNumber(d, tx, c, "revoke", numberRevoked)
		return nil
	})
	return revoked, err
}

// issue puts a new number into the store, whose digits were drawn before.
func issue(d *desk.Desk, tx *store.Tx, digits string, c store.CustomerID, a store.ApplicationID) (n store.ActivationNumber, err error) {
	application, err := applicationOf(tx, c, a)
	if err != nil {
		return n, err
	}
	owner, _ := tx.Customer(c)
	if h := owner.Holding(application.Product); h != nil && !h.Opened.IsZero() {
		return n, ErrOpened
	}
	return d.Issue(tx, digits, c, a)
}

// applicationOf finds an application, of which c must be an applicant.
func applicationOf(tx *store.Tx, c store.CustomerID, id store.ApplicationID) (a store.Application, err error) {
	a, found := tx.Application(id)
	if !found {
		return a, ErrUnknownApplication
	}
	if _, found := tx.Customer(c); !found {
		return a, ErrUnknownCustomer
	}
	if !slices.Contains(a.Applicants, c) {
		return a, ErrNotAnApplicant
	}
	return a, nil
}

// What the audit log calls what is done about numbers.
const (
	numberFlow    = "number"
	numberMade    = "issued"
	numberSent    = "issued and sent"
	numberRevoked = "revoked"
)

// recordNumber notes what was done about a customer's number.
func recordNumber(d *desk.Desk, tx *store.Tx, c store.CustomerID, step, outcome string) {
	tx.Record(store.AuditEntry{Terminal: d.Terminal, Operator: d.Operator, Customer: c, Flow: numberFlow, Step: step, Outcome: outcome})
}
