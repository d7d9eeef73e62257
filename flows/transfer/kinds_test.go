package transfer

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"loket/store"
)

// TestKinds names what a kind of product lacks of all that an import, an export and
// a sample want of it.
func TestKinds(t *testing.T) {
	for _, kind := range store.ProductKinds {
		if _, known := kinds[kind]; !known {
			t.Errorf("kind %q has no entry in kinds: it can be neither imported, exported nor sampled", kind)
			continue
		}
		for _, lack := range lacking(kind) {
			t.Errorf("kind %q lacks %s", kind, lack)
		}
	}
	for kind := range maps.Keys(kinds) {
		if !slices.Contains(store.ProductKinds, kind) {
			t.Errorf("kind %q has an entry in kinds, and is not one of store.ProductKinds", kind)
		}
	}
}

func lacking(kind store.ProductKind) (what []string) {
	k := kinds[kind]
	lacks := func(lack bool, name string) {
		if lack {
			what = append(what, name)
		}
	}
	lacks(k.checkNumber == nil, "checkNumber, for its numbers")
	lacks(len(k.sample.names) == 0, "sample.names, for samples")
	lacks(k.sample.number == nil, "sample.number, for samples")
	if len(what) > 0 {
		return what
	}
	line, problems := sampled(kind)
	p, is := parse(line, SampleDay).record.(product)
	switch {
	case len(problems) > 0 || !is:
		lacks(true, "a sample that can be imported: "+strings.Join(problems, ", "))
	case !p.Detailed():
		lacks(true, "details after an import, or a place in store.Product.Detailed")
	case !bytes.Equal(raw(k.details(p.Product)), detailsOf(line)):
		lacks(true, "an export of what was imported")
	}
	return what
}

// sampled is the line of a sample of a product with details, and what is wrong with it.
func sampled(kind store.ProductKind) (l line, problems []string) {
	var out bytes.Buffer
	for seed := range uint64(100) {
		out.Reset()
		s := newSampler(&out, 1, seed, SampleDay)
		s.product(kind, []string{"K1"})
		if s.done() == nil && len(detailsOf(line{1, out.Bytes()})) > 0 {
			break
		}
	}
	l = line{1, out.Bytes()}
	return l, parse(l, SampleDay).problems
}

func detailsOf(l line) json.RawMessage {
	var p productLine
	_ = json.Unmarshal(l.text, &p)
	return p.Details
}
