package sheet

import (
	"maps"
	"reflect"
	"slices"
	"testing"

	"loket/flows"
	"loket/flows/text"
	"loket/store"
)

// TestKinds checks that no field of a Kind is missing.
func TestKinds(t *testing.T) {
	for _, kind := range store.ProductKinds {
		k, known := KindDescriptions[kind]
		if !known {
			t.Errorf("kind %q has no entry in Kinds: it has neither a name, an amount nor a sheet", kind)
			continue
		}
		h := flows.Holding{Product: store.Product{Kind: kind, Number: "1"}}
		if s := NewProductSheet(h, today); len(s.NoDetails) == 0 || HasMainAmount(h) {
			t.Errorf("kind %q without details does not say that there are none: %+v", kind, s)
		}
		fill(reflect.ValueOf(&h.Product).Elem(), reflect.Pointer)
		s := NewProductSheet(h, today)
		for name, lacks := range map[string]bool{
			"a name in both languages":                k.Name.NL == "" || k.Name.EN == "",
			"what its amounts are, in both languages": k.Amount.NL == "" || k.Amount.EN == "",
			"a number":               s.Number == text.Text{},
			"a sheet of its details": len(s.NoDetails) > 0 || s.Headline == nil && len(s.Facts)+len(s.Parts) == 0,
			"an amount that tells most, from its details": !HasMainAmount(h),
		} {
			if lacks {
				t.Errorf("kind %q lacks %s", kind, name)
			}
		}
	}
	for kind := range maps.Keys(KindDescriptions) {
		if !slices.Contains(store.ProductKinds, kind) {
			t.Errorf("kind %q has an entry in Kinds, and is not one of store.ProductKinds", kind)
		}
	}
}

// fill fills the empty fields of a struct: details of every given kind of product, one item in each list, and text in each
// string.
func fill(v reflect.Value, kinds ...reflect.Kind) {
	for i := range v.NumField() {
		field := v.Field(i)
		if !slices.Contains(kinds, field.Kind()) {
			continue
		}
		switch field.Kind() {
		case reflect.Pointer:
			field.Set(reflect.New(field.Type().Elem()))
			fill(field.Elem(), reflect.Slice, reflect.String)
		case reflect.Slice:
			field.Set(reflect.MakeSlice(field.Type(), 1, 1))
		case reflect.String:
			field.SetString("1")
		}
	}
}
