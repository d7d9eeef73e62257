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

// A KindDescription describes how one kind of product is imported, exported and sampled.
type KindDescription struct {
	Details      reflect.Type                                                         // Details is the Go type of the details in a line.
	CheckNumber  func(c *check.FieldReader, value string)                             // CheckNumber checks a product number beyond the rules for all products.
	ReadDetails  func(c *check.FieldReader, p *store.Product, details jsontext.Value) // sets the details of p
	WriteDetails func(p store.Product) jsontext.Value                                 // the details of p; nil if there are none
	Sample       SampleRecipe
}

// A SampleRecipe describes how fictional products of one kind are made up.
type SampleRecipe struct {
	ProductNames   []string           // ProductNames are names that products can have.
	Number         func(n int) string // Number returns the number of the n-th product.
	Details        func(*fiction.Source) jsontext.Value
	MayLackDetails bool // MayLackDetails says that old products have no details (V2).
}

// newSampleDetailsFunc is SampleRecipe.Details of a kind of which the details are an L in a file.
func newSampleDetailsFunc[L any](invent func(*fiction.Source) L) func(*fiction.Source) jsontext.Value {
	return func(s *fiction.Source) jsontext.Value { return marshalDetails(invent(s)) }
}

// newKindDescription returns a kind of product whose details have type L in a file and type D in the store. The function at returns the
// field of a product that holds them.
func newKindDescription[L, D any](
	at func(*store.Product) **D, read func(L, *check.FieldReader) *D, write func(D) L, checkNumber func(*check.FieldReader, string), sample SampleRecipe,
) KindDescription {
	return KindDescription{
		Details:     reflect.TypeFor[L](),
		CheckNumber: checkNumber,
		ReadDetails: func(c *check.FieldReader, p *store.Product, details jsontext.Value) {
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
		panic(fmt.Sprintf("write details of a product: %v", err)) // Texts and lists can always be marshalled.
	}
	return text
}

const ibanRule = "an IBAN, such as NL22NNBA0123456789"

// checkIBANNumber requires that the number of a product is an IBAN.
func checkIBANNumber(c *check.FieldReader, value string) {
	check.ReadOptionalParsed(c, "number", value, dutch.ParseIBAN, ibanRule)
}

// acceptAnyNumber accepts every product number.
func acceptAnyNumber(*check.FieldReader, string) {}
