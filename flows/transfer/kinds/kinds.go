// Package kinds describes the kinds of products for files: how an import reads the details of each kind, how an export writes
// them, and how a sample makes them up.
//
// The package builds on flows/transfer/check, which reads fields, and flows/transfer/fiction, which draws random values. Start
// at Of, then read savings.go. To add a kind, add a constant in store/product.go, a file and a row here, and a file and a row
// in ui/sheet; TestKinds in both packages names what is missing.
package kinds

import "loket/store"

// kindsByProduct has one entry for each of store.ProductKinds.
var kindsByProduct = map[store.ProductKind]Kind{
	store.KindSavings:    savings,
	store.KindMortgage:   mortgage,
	store.KindLife:       life,
	store.KindNonlife:    nonlife,
	store.KindPension:    pension,
	store.KindInvestment: investment,
}

// Of returns the description of a kind of product, and whether the kind exists.
func Of(kind store.ProductKind) (k Kind, known bool) {
	k, known = kindsByProduct[kind]
	return k, known
}
