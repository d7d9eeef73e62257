package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

// A Kind has the texts and functions for products of one kind, such as mortgages.
type Kind struct {
	Name         text.Text // Name is the heading of the group of these products in the overview.
	Amount       text.Text // Amount says what the main amounts in the group are.
	formatNumber func(string) text.Text
	details
}

// details has the functions that describe a product in detail.
type details struct {
	// describe adds the details to a sheet. It returns false if the product has no details.
	describe func(s *Sheet, p store.Product, today dutch.Date) bool
	amountOf func(p store.Product) text.Text // amountOf returns the main amount of the product, or an empty text.
}

// detailsOf returns the functions for products whose details have type D. The function of returns the D of a product, or nil.
func detailsOf[D any](of func(store.Product) *D, describe func(*Sheet, *D, store.Product, dutch.Date), amountOf func(*D) text.Text) details {
	return details{
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

// unknownKind is the Kind of a product without an entry in Kinds.
var unknownKind = Kind{formatNumber: words.CleanRecord, details: details{
	func(*Sheet, store.Product, dutch.Date) bool { return false },
	func(store.Product) text.Text { return text.Text{} },
}}
