package kinds

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/go-json-experiment/json/jsontext"

	"loket/flows/dutch"
	"loket/flows/transfer/check"
	"loket/flows/transfer/fiction"
	"loket/store"
)

// A Kind is what an import, an export and a sample know of one kind of product.
type Kind struct {
	Details      reflect.Type                                                    // of a line
	CheckNumber  func(c *check.Fields, value string)                             // beyond what holds for the number of any product
	ReadDetails  func(c *check.Fields, p *store.Product, details jsontext.Value) // sets the details of p
	WriteDetails func(p store.Product) jsontext.Value                            // the details of p; nil if there are none
	Sample       Sample
}

// A Sample is what samples have of a kind of product.
type Sample struct {
	ProductNames   []string           // of products
	Number         func(n int) string // of the n-th product
	Details        func(*fiction.Source) jsontext.Value
	MayLackDetails bool // some are old, so that they have no details (V2)
}

// sampleDetails is Sample.Details of a kind of which the details are an L in a file.
func sampleDetails[L any](invent func(*fiction.Source) L) func(*fiction.Source) jsontext.Value {
	return func(s *fiction.Source) jsontext.Value { return marshalDetails(invent(s)) }
}

// newKind returns the kind of which the details are a D in the store, where at finds
// them, and an L in a file.
func newKind[L, D any](
	at func(*store.Product) **D, read func(L, *check.Fields) *D, write func(D) L, checkNumber func(*check.Fields, string), sample Sample,
) Kind {
	return Kind{
		Details:     reflect.TypeFor[L](),
		CheckNumber: checkNumber,
		ReadDetails: func(c *check.Fields, p *store.Product, details jsontext.Value) {
			if l, ok := check.DecodeObject[L](c, details); ok {
				*at(p) = read(l, c)
			}
		},
		WriteDetails: func(p store.Product) jsontext.Value {
			if d := *at(&p); d != nil {
				return marshalDetails(write(*d))
			}
			return nil
		},
		Sample: sample,
	}
}

// marshalDetails is the JSON of the details of a product.
func marshalDetails(details any) jsontext.Value {
	text, err := json.Marshal(details)
	if err != nil {
		panic(fmt.Sprintf("write details of a product: %v", err)) // which are texts and lists
	}
	return text
}

const ibanRule = "an IBAN, such as NL22NNBA0123456789"

// checkIBANNumber wants the number of a product to be that of an account.
func checkIBANNumber(c *check.Fields, value string) {
	check.OptionalParsed(c, "number", value, dutch.ParseIBAN, ibanRule)
}

// acceptAnyNumber takes whatever is the number of some product.
func acceptAnyNumber(*check.Fields, string) {}
