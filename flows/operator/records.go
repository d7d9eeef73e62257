package operator

import (
	"cmp"
	"slices"

	"loket/store"
)

// CustomerRecords holds the records about a customer, without the customer and the account themselves.
type CustomerRecords struct {
	Products     []store.Product          // Products are the products that the customer holds, alone or with others.
	Applications []store.Application      // Applications are the applications in which the customer is an applicant.
	Numbers      []store.ActivationNumber // Numbers are activation numbers of the customer, in any state.
	Messages     []store.Message          // Messages are messages to the customer in any state, oldest first.
}

// FindCustomerRecords returns the records about a customer, even if the customer does not exist. It scans whole tables, because there is
// no index from a customer to all their records. So it is meant for operators and not for visitors.
func FindCustomerRecords(tx *store.Tx, id store.CustomerID) (b CustomerRecords) {
	for p := range tx.Products() {
		if slices.Contains(p.Holders, id) {
			b.Products = append(b.Products, p)
		}
	}
	for a := range tx.Applications() {
		if slices.Contains(a.Applicants, id) {
			b.Applications = append(b.Applications, a)
		}
	}
	for n := range tx.Numbers() {
		if n.Customer == id {
			b.Numbers = append(b.Numbers, n)
		}
	}
	for m := range tx.Messages() {
		if m.Customer == id {
			b.Messages = append(b.Messages, m)
		}
	}
	slices.SortFunc(b.Products, func(p, q store.Product) int { return cmp.Compare(p.ID, q.ID) })
	slices.SortFunc(b.Applications, func(p, q store.Application) int { return cmp.Compare(p.ID, q.ID) })
	slices.SortFunc(b.Numbers, func(p, q store.ActivationNumber) int {
		return cmp.Or(p.Issued.Compare(q.Issued), cmp.Compare(p.ID, q.ID))
	})
	return b
}
