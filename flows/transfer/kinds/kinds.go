// Package kinds knows the kinds of products as far as files are concerned: what an
// import reads of the details of each, what an export writes, and what a sample invents.
//
// It stands on flows/transfer/check, which reads fields, and flows/transfer/fiction,
// which draws. Start at all, then read savings.go. A new kind is a constant in
// store/product.go, a file and a row here, and a file and a row in ui/sheet; TestKinds
// in both names what is missing.
package kinds

import "loket/store"

// kindsByProduct holds one entry for each of store.ProductKinds.
var kindsByProduct = map[store.ProductKind]Kind{
	store.KindSavings:    savings,
	store.KindMortgage:   mortgage,
	store.KindLife:       life,
	store.KindNonlife:    nonlife,
	store.KindPension:    pension,
	store.KindInvestment: investment,
}

// Of returns what there is to know of a kind of product.
func Of(kind store.ProductKind) (k Kind, known bool) {
	k, known = kindsByProduct[kind]
	return k, known
}
