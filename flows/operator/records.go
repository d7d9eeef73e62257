package operator

import (
	"cmp"
	"slices"

	"loket/store"
)

// Records are the records about a customer, besides the customer and the account.
type Records struct {
	Products     []store.Product          // which the customer holds, alone or with others
	Applications []store.Application      // of which the customer is an applicant
	Numbers      []store.ActivationNumber // in any state
	Messages     []store.Message          // in any state, oldest first
}

// RecordsOf returns the records about a customer, whether or not the customer exists. It scans
// whole tables, because no index leads from a customer to all of them. So it is for operators,
// and not for visitors.
func RecordsOf(tx *store.Tx, id store.CustomerID) (b Records) {
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
