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
	ErrUnknownCustomer      = errors.New("there is no such customer")
	ErrUnknownApplication   = errors.New("there is no such application")
	ErrNotAnApplicant       = errors.New("the customer is not an applicant of this application")
	ErrCustomerInactive     = errors.New("the customer is blocked, deceased or no customer any more")
	ErrApplicationWithdrawn = errors.New("the application was withdrawn")
	ErrProductOpened        = errors.New("the product of this application was opened with an activation number already")
	ErrNoNumber             = errors.New("there is no activation number that works for this customer and application")
	ErrShownNumberLost      = errors.New("the number that was shown does not work: it could not be kept")
)

// A NumberIssue says how an activation number is issued.
type NumberIssue struct {
	Customer       store.CustomerID
	Application    store.ApplicationID
	SendToCustomer bool // SendToCustomer has the number sent by e-mail, or by letter if the customer has no e-mail address.

	// ShowNumber shows the number to the operator before its digest is stored. If ShowNumber returns an error, no number is
	// issued, and earlier numbers stay as they were. It may be nil.
	ShowNumber func(store.ActivationNumber) error
}

// IssueNumber issues an activation number to a customer for an application. The number works until the end of the same day of
// the month some months later (setting NumberMonths). An earlier number keeps working too (A1, A2). The error
// ErrShownNumberLost means that the operator was shown a number that does not work.
func IssueNumber(ctx context.Context, d *desk.Desk, i NumberIssue) (n store.ActivationNumber, err error) {
	if n, err = generateFreeNumber(ctx, d, i); err != nil {
		return n, err
	}
	if i.ShowNumber != nil {
		if err := i.ShowNumber(n); err != nil {
			return n, err
		}
	}
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		if _, err := prepareActivationNumber(d, tx, n.Number, i); err != nil {
			return err
		}
		tx.IssueNumber(n)
		outcome := outcomeNumberIssued
		if i.SendToCustomer {
			d.SendActivationNumber(tx, n)
			outcome = outcomeNumberSent
		}
		recordNumber(d, tx, i.Customer, "issue", outcome)
		return nil
	})
	if err != nil && i.ShowNumber != nil {
		err = fmt.Errorf("%w: %w", ErrShownNumberLost, err)
	}
	return n, err
}

// generateFreeNumber draws a random activation number that no customer has, and returns it ready to be issued. It stores nothing.
func generateFreeNumber(ctx context.Context, d *desk.Desk, i NumberIssue) (n store.ActivationNumber, err error) {
	for {
		digits, err := d.RandomNumber()
		if err != nil {
			return n, err
		}
		err = d.Store.View(ctx, func(tx *store.Tx) (err error) {
			n, err = prepareActivationNumber(d, tx, digits, i)
			return err
		})
		if !errors.Is(err, desk.ErrNumberTaken) {
			return n, err
		}
	}
}

// RevokeNumber revokes and returns all activation numbers of a customer for an application, including numbers in letters that
// are on their way. If no number works, the error is ErrNoNumber.
func RevokeNumber(ctx context.Context, d *desk.Desk, c store.CustomerID, a store.ApplicationID) (revoked []store.ActivationNumber, err error) {
	err = d.Store.Update(ctx, func(tx *store.Tx) error {
		application, err := findApplication(tx, c, a)
		if err != nil {
			return err
		}
		if revoked = tx.RevokeNumbers(application, c); len(revoked) == 0 {
			return ErrNoNumber
		}
		recordNumber(d, tx, c, "revoke", outcomeNumberRevoked)
		return nil
	})
	return revoked, err
}

// prepareActivationNumber returns an activation number with the given digits, ready to be issued, or an error if the customer may not
// get one for this application.
func prepareActivationNumber(d *desk.Desk, tx *store.Tx, digits string, i NumberIssue) (n store.ActivationNumber, err error) {
	application, err := findApplication(tx, i.Customer, i.Application)
	if err != nil {
		return n, err
	}
	owner, _ := tx.Customer(i.Customer)
	switch {
	case !owner.IsActive():
		return n, ErrCustomerInactive
	case !application.Ended.IsZero():
		return n, ErrApplicationWithdrawn
	}
	if h := owner.Holding(application.Product); h != nil && !h.OpenedAt.IsZero() {
		return n, ErrProductOpened
	}
	return d.NewNumber(tx, digits, i.Customer, i.Application)
}

// findApplication returns an application. The customer c must be one of its applicants.
func findApplication(tx *store.Tx, c store.CustomerID, id store.ApplicationID) (a store.Application, err error) {
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

// Names of the flow and its outcomes in audit entries about activation numbers.
const (
	numberAuditFlow      = "number"
	outcomeNumberIssued  = "issued"
	outcomeNumberSent    = "issued and sent"
	outcomeNumberRevoked = "revoked"
)

// recordNumber records in the audit log an action on a customer's activation number.
func recordNumber(d *desk.Desk, tx *store.Tx, c store.CustomerID, step, outcome string) {
	tx.RecordAudit(store.AuditEntry{Terminal: d.Terminal, Operator: d.Operator, Customer: c, Flow: numberAuditFlow, Step: step, Outcome: outcome})
}
