package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

// A KindDescription has the texts and functions for products of one kind, such as mortgages.
type KindDescription struct {
	Name         text.Text // Name is the heading of the group of these products in the overview.
	Amount       text.Text // Amount says what the main amounts in the group are.
	formatNumber func(string) text.Text
	productDetails
}

// productDetails has the functions that describe a product in detail.
type productDetails struct {
	// describe adds the details to a sheet. It returns false if the product has no details.
	describe func(s *Sheet, p store.Product, today dutch.Date) bool
	amountOf func(p store.Product) text.Text // amountOf returns the main amount of the product, or an empty text.
}

// detailsForType returns the functions for products whose details have type D. The function of returns the D of a product, or nil.
func detailsForType[D any](of func(store.Product) *D, describe func(*Sheet, *D, store.Product, dutch.Date), amountOf func(*D) text.Text) productDetails {
	return productDetails{
		func(s *Sheet, p store.Product, today dutch.Date) bool {
			d := of(p)
			if d != nil {
				describe(s, d, p, today)
			}
			return d != nil
		},
		func(p store.Product) text.Text {
			if d := of(p); d != nil {
				return amountOf(d)
			}
			return text.Text{}
		},
	}
}

// unknownKindDescription is the Kind of a product without an entry in Kinds.
var unknownKindDescription = KindDescription{formatNumber: words.CleanRecordText, productDetails: productDetails{
	func(*Sheet, store.Product, dutch.Date) bool { return false },
	func(store.Product) text.Text { return text.Text{} },
}}
