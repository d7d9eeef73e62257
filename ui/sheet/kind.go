package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

// A Kind describes products of one kind.
type Kind struct {
	Name         text.Text // of the group in the overview
	Amount       text.Text // what the main amounts in the group are
	formatNumber func(string) text.Text
	details
}

// details describes the details of products of one kind.
type details struct {
	describe func(s *Sheet, p store.Product, today dutch.Date) bool // returns false if the product has no details
	amountOf func(p store.Product) text.Text                        // returns the main amount, or an empty text
}

// detailsOf returns details for products whose details are a D. of returns the D of a product,
// or nil.
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
