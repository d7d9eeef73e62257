package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

// A Kind is what is said about all products of one kind.
type Kind struct {
	Name   text.Text // of their group in an overview
	Amount text.Text // what the amounts in that group are
	number func(string) text.Text
	details
}

// details is what is said about the details of products of one kind.
type details struct {
	describe func(s *Sheet, p store.Product, today dutch.Date) bool // false if there are no details
	amountOf func(p store.Product) text.Text                        // that tells most; empty if there is none
}

// detailsOf returns what is said about details that are a D, where of finds them.
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

// unknownKind is the kind of a product that has no entry in Kinds.
var unknownKind = Kind{number: words.CleanRecord, details: details{
	func(*Sheet, store.Product, dutch.Date) bool { return false },
	func(store.Product) text.Text { return text.Text{} },
}}
