package operator

import (
	"context"
	"slices"
	"strings"

	"loket/flows/desk"
	"loket/store"
)

// CustomerReport is what the desk knows about a customer, for an operator.
type CustomerReport struct {
	store.Customer
	Account       *store.Account // nil if the customer has no account
	ThrottleState ThrottleState  // what the throttle holds against the account
	Records
	Activity []store.AuditEntry // the latest, newest first
}

// recentActivity is how many entries of the audit log a report has.
const recentActivity = 20

// ReportCustomer returns what the desk knows about a customer. The error is ErrUnknownCustomer if there
// is no such customer.
func ReportCustomer(ctx context.Context, d *desk.Desk, id store.CustomerID) (report CustomerReport, err error) {
	err = d.Store.View(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found {
			return ErrUnknownCustomer
		}
		report = CustomerReport{Customer: c, Records: RecordsOf(tx, id)}
		if a, has := tx.Account(id); has {
			report.Account, report.ThrottleState = &a, ThrottleStateOf(tx, d, a)
		}
		for e := range tx.Activity(id) {
			report.Activity = append(report.Activity, e)
		}
		return nil
	})
	slices.Reverse(report.Activity)
	report.Activity = report.Activity[:min(len(report.Activity), recentActivity)]
	return report, err
}

// Address returns the customer's address in two parts: the street, or all lines but the last of
// an address abroad, and the place.
func (d CustomerReport) Address() (street, place string) {
	lines := desk.AddressLines(d.Customer)
	last := len(lines) - 1
	return strings.Join(lines[:last], ", "), lines[last]
}
