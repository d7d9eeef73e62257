package operator

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"loket/flows/desk"
	"loket/store"
)

// Errors of issuing and revoking activation numbers.
var (
	ErrUnknownCustomer    = errors.New("there is no such customer")
	ErrUnknownApplication = errors.New("there is no such application")
	ErrNotAnApplicant     = errors.New("the customer is not an applicant of this application")
	ErrInactive           = errors.New("the customer is blocked, deceased or no customer any more")
	ErrWithdrawn          = errors.New("the application was withdrawn")
	ErrOpened             = errors.New("the product of this application was opened with an activation number already")
	ErrNoNumber           = errors.New("there is no activation number that works for this customer and application")
	ErrToldOnly           = errors.New("the number that was shown does not work: it could not be kept")
)

// An Issuing says how an activation number is issued.
type Issuing struct {
	Customer    store.CustomerID
	Application store.ApplicationID
	Send        bool // also send it to the customer, by e-mail, or by letter without an address

	// Tell shows the number to the operator, before its digest is stored. If it fails, no number
	// is issued, and earlier numbers stay as they were. It may be nil.
	Tell func(store.ActivationNumber) error
}

// IssueNumber issues an activation number to a customer for an application. It works until the
// end of the same day some months later (setting NumberMonths), and the number before it keeps
// working too (A1, A2). The error is one of those above if the reason is known. ErrToldOnly says
// that the number was shown and does not work.
func IssueNumber(ctx context.Context, d *desk.Desk, i Issuing) (n store.ActivationNumber, err error) {
	if n, err = drawFor(ctx, d, i); err != nil {
		return n, err
	}
	if i.Tell != nil {
		if err := i.Tell(n); err != nil {
			return n, err
		}
	}
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		if _, err := newNumber(d, tx, n.Number, i); err != nil {
			return err
		}
		tx.IssueNumber(n)
		outcome := numberMade
		if i.Send {
			d.SendNumber(tx, n)
			outcome = numberSent
		}
		recordNumber(d, tx, i.Customer, "issue", outcome)
		return nil
	})
	if err != nil && i.Tell != nil {
		err = fmt.Errorf("%w: %w", ErrToldOnly, err)
	}
	return n, err
}

// drawFor draws a number that no customer has, and returns it as it would be issued now. It
// stores nothing.
func drawFor(ctx context.Context, d *desk.Desk, i Issuing) (n store.ActivationNumber, err error) {
	for {
		digits, err := d.RandomNumber()
		if err != nil {
			return n, err
		}
		err = d.Store.View(ctx, func(tx *store.Tx) (err error) {
			n, err = newNumber(d, tx, digits, i)
			return err
		})
		if !errors.Is(err, desk.ErrNumberTaken) {
			return n, err
		}
	}
}

// RevokeNumber revokes all activation numbers of a customer for an application, also those in
// letters that are under way, and returns them. If no number works, the error is ErrNoNumber.
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

// newNumber returns the number with these digits as it would be issued now.
func newNumber(d *desk.Desk, tx *store.Tx, digits string, i Issuing) (n store.ActivationNumber, err error) {
	application, err := applicationOf(tx, i.Customer, i.Application)
	if err != nil {
		return n, err
	}
	owner, _ := tx.Customer(i.Customer)
	switch {
	case !owner.IsActive():
		return n, ErrInactive
	case !application.Ended.IsZero():
		return n, ErrWithdrawn
	}
	if h := owner.Holding(application.Product); h != nil && !h.Opened.IsZero() {
		return n, ErrOpened
	}
	return d.NewNumber(tx, digits, i.Customer, i.Application)
}

// applicationOf returns an application. The customer c must be one of its applicants.
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

// Names of the flow and its outcomes in audit entries about numbers.
const (
	numberFlow    = "number"
	numberMade    = "issued"
	numberSent    = "issued and sent"
	numberRevoked = "revoked"
)

// recordNumber records in the audit log what was done about a customer's number.
func recordNumber(d *desk.Desk, tx *store.Tx, c store.CustomerID, step, outcome string) {
	tx.RecordAudit(store.AuditEntry{Terminal: d.Terminal, Operator: d.Operator, Customer: c, Flow: numberFlow, Step: step, Outcome: outcome})
}
