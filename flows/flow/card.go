package flow

import (
	"cmp"

	"loket/store"
)

// A visit of the service desk is an operator's. It has no customer who is logged in. Once a caller
// has shown who they are, the card of that customer is open, until the operator closes it or the
// screen locks.

// IsServiceDesk reports whether the visit is an operator's at the screen of the service desk.
func (v *Visit) IsServiceDesk() bool { return v.Operator != "" }

// OpenCard opens the card of a customer, after the commit.
func (v *Visit) OpenCard(c store.Customer) {
	v.card = c.ID
	v.setCustomerFacts(c)
}

// OpenCardCustomer returns the customer whose card is open, or "".
func (v *Visit) OpenCardCustomer() store.CustomerID { return v.card }

// HasCustomer reports whether the visit is about a customer, who is logged in or whose card is
// open.
func (v *Visit) HasCustomer() bool { return v.customer != "" || v.card != "" }

// subjectCustomer returns the customer whom the visit is about, or "".
func (v *Visit) subjectCustomer() store.CustomerID { return cmp.Or(v.customer, v.card) }

// OperatorCountName returns the name of a count of the operator's key, among the counts of terminals.
func (v *Visit) OperatorCountName(count string) string {
	return store.CountPrefix + count + v.Operator
}

// throttleTerminalName returns the name under which the visitor's wrong answers are counted: the name of the terminal. Operators share
// a terminal, so their wrong answers are counted under their key instead.
func (v *Visit) throttleTerminalName() string {
	if v.IsServiceDesk() {
		return v.OperatorCountName("")
	}
	return v.Terminal
}
