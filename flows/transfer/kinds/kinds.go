// Package kinds describes the kinds of products for files: how an import reads the details of each kind, how an export writes
// them, and how a sample makes them up.
//
// The package builds on flows/transfer/check, which reads fields, and flows/transfer/fiction, which draws random values. Start
// at Of, then read savings.go. To add a kind, add a constant in store/product.go, a file and a row here, and a file and a row
// in ui/sheet; TestKinds in both packages names what is missing.
package kinds

import "loket/store"

// descriptionByKind has one entry for each of store.ProductKinds.
var descriptionByKind = map[store.ProductKind]KindDescription{
	store.KindSavings:    savingsKind,
	store.KindMortgage:   mortgageKind,
	store.KindLife:       lifeInsuranceKind,
	store.KindNonlife:    nonlifeInsuranceKind,
	store.KindPension:    pensionKind,
	store.KindInvestment: investmentKind,
}

// FindKind returns the description of a kind of product, and whether the kind exists.
func FindKind(kind store.ProductKind) (k KindDescription, known bool) {
	k, known = descriptionByKind[kind]
	return k, known
}
