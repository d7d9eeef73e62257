package kinds_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"loket/flows/transfer/fiction"
	"loket/flows/transfer/kinds"
	"loket/flows/transfer/lines"
	"loket/flows/transfer/sample"
	"loket/store"
)

// TestKinds names what a kind of product lacks of all that an import, an export and
// a sample want of it.
func TestKinds(t *testing.T) {
	for _, kind := range store.ProductKinds {
		k, known := kinds.FindKind(kind)
		if !known {
			t.Errorf("kind %q has no entry in kinds.all: it can be neither imported, exported nor sampled", kind)
			continue
		}
		for _, lack := range lacking(kind, k) {
			t.Errorf("kind %q lacks %s", kind, lack)
		}
	}
	if _, known := kinds.FindKind("loan"); known {
		t.Error("what is no kind is known")
	}
}

func lacking(kind store.ProductKind, k kinds.KindDescription) (what []string) {
	lacks := func(lack bool, name string) {
		if lack {
			what = append(what, name)
		}
	}
	lacks(k.CheckNumber == nil, "CheckNumber, for its numbers")
	lacks(len(k.Sample.ProductNames) == 0, "Sample.Names, for samples")
	lacks(k.Sample.Number == nil, "Sample.Number, for samples")
	lacks(k.Sample.Details == nil, "Sample.Details, for samples")
	if len(what) > 0 {
		return what
	}
	details := k.Sample.Details(fiction.New(1, 1, sample.SampleDay))
	l, err := json.Marshal(lines.Product{
		Type: lines.ProductType, ID: "P1", Kind: string(kind), Name: k.Sample.ProductNames[0], Number: k.Sample.Number(1),
		Holders: []string{"K1"}, Since: "2001-01-01", Details: details,
	})
	if err != nil {
		return []string{"a sample: " + err.Error()}
	}
	parsed := lines.ParseLine(lines.Line{Number: 1, Text: l}, sample.SampleDay)
	p, is := parsed.Facts.(store.Product)
	switch {
	case !is:
		lacks(true, "a sample that can be imported: "+said(parsed.Problems))
	case !p.HasDetails():
		lacks(true, "details after an import, or a place in store.Product.Detailed")
	case !bytes.Equal(k.WriteDetails(p), details):
		lacks(true, "an export of what was imported: "+string(k.WriteDetails(p)))
	}
	return what
}
