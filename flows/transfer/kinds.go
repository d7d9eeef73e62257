package transfer

import (
	"encoding/json"

	"loket/flows/dutch"
	"loket/store"
)

// kinds holds one entry for each of store.ProductKinds. TestKinds names the kind that lacks one.
var kinds = map[store.ProductKind]kind{
	store.KindSavings:    savings,
	store.KindMortgage:   mortgage,
	store.KindLife:       life,
	store.KindNonlife:    nonlife,
	store.KindPension:    pension,
	store.KindInvestment: investment,
}

// A kind is what an import, an export and a sample know of one kind of product.
type kind struct {
	checkNumber func(c *checks, value string)                              // beyond what holds for the number of any product
	read        func(c *checks, p *store.Product, details json.RawMessage) // sets the details of p
	details     func(p store.Product) any                                  // what an export writes of them; nil if there are none
	sample      sampleOf[any]
}

// A sampleOf is what samples have of a kind of product whose details are an L.
type sampleOf[L any] struct {
	names  []string           // of products
	number func(n int) string // of the n-th product
	line   func(*sampler) L   // the details
	bare   bool               // some are old, so that they have no details (V2)
}

// kindOf returns the kind of which the details are a D in the store, where at finds
// them, and an L in a file.
func kindOf[L, D any](
	at func(*store.Product) **D, read func(L, *checks) *D, write func(D) L, checkNumber func(*checks, string), sample sampleOf[L],
) kind {
	return kind{
		checkNumber: checkNumber,
		read: func(c *checks, p *store.Product, details json.RawMessage) {
			if l, ok := decoded[L](c, details); ok {
				*at(p) = read(l, c)
			}
		},
		details: func(p store.Product) any {
			if d := *at(&p); d != nil {
				return write(*d)
			}
			return nil
		},
		sample: sampleOf[any]{sample.names, sample.number, func(s *sampler) any { return sample.line(s) }, sample.bare},
	}
}

const ibanRule = "an IBAN, such as NL22NNBA0123456789"

// ibanNumber wants the number of a product to be that of an account.
func ibanNumber(c *checks, value string) { form(c, "number", value, dutch.ParseIBAN, ibanRule) }

// anyNumber takes whatever is the number of some product.
func anyNumber(*checks, string) {}
