package operator

import (
	"context"
	"slices"
	"strings"

	"loket/flows/desk"
	"loket/store"
)

// CustomerReport has everything that the desk knows about a customer, for an operator.
type CustomerReport struct {
	store.Customer
	Account       *store.Account // Account is nil if the customer has no account.
	ThrottleState ThrottleState  // ThrottleState counts the wrong answers at the account.
	CustomerRecords
	Activity []store.AuditEntry // Activity has the latest entries of the audit log, newest first.
}

// maxReportActivity is the maximum number of audit entries in a report.
const maxReportActivity = 20

// ReportCustomer returns everything that the desk knows about a customer. The error is ErrUnknownCustomer if there is no such
// customer.
func ReportCustomer(ctx context.Context, d *desk.Desk, id store.CustomerID) (report CustomerReport, err error) {
	err = d.Store.View(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found {
			return ErrUnknownCustomer
		}
		report = CustomerReport{Customer: c, CustomerRecords: FindCustomerRecords(tx, id)}
		if a, has := tx.Account(id); has {
			report.Account, report.ThrottleState = &a, ReadThrottleState(tx, d, a)
		}
		for e := range tx.CustomerActivity(id) {
			report.Activity = append(report.Activity, e)
		}
		return nil
	})
	slices.Reverse(report.Activity)
	report.Activity = report.Activity[:min(len(report.Activity), maxReportActivity)]
	return report, err
}

// AddressParts returns the customer's address in two parts: the street and the place. For an address abroad, the second part is the
// last line and the first part is all other lines.
func (d CustomerReport) AddressParts() (street, place string) {
	lines := desk.AddressLines(d.Customer)
	last := len(lines) - 1
	return strings.Join(lines[:last], ", "), lines[last]
}
