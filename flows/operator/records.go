package operator

import (
	"cmp"
	"slices"

	"loket/store"
)

// Records are the records that are about a customer, besides the customer and
// the account.
type Records struct {
	Products     []store.Product          // that they hold, alone or with others
	Applications []store.Application      // in which they are an applicant
	Numbers      []store.ActivationNumber // in whatever state
	Messages     []store.Message          // in whatever state, oldest first
}

// RecordsOf finds all that belongs to a customer, whether or not the customer
// is there. It looks through whole tables, since no index leads from a customer
// to everything: for people who wait, not for visitors.
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
