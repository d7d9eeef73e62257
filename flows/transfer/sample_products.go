package transfer

import (
	"fmt"

	"loket/store"
)

// product writes a product, perhaps an old policy without details (V2), and
// returns its id.
func (s *sampler) product(kind store.ProductKind, holders []string) string {
	k, known := kinds[kind]
	if !known {
		s.err = fmt.Errorf("there is no sample of products of kind %q", kind)
		return ""
	}
	made := k.sample
	s.products++
	n := s.products
	l := productLine{
		Type: productType, ID: fmt.Sprintf("P%07d", 2_000_000+n), Kind: string(kind), Holders: holders,
		Name: one(s, made.names), Since: s.ago(25 * 365).String(),
	}
	l.Number = made.number(n)
	if details := made.line(s); !made.bare || s.chance(70) {
		l.Details = raw(details)
	}
	s.line(l)
	return l.ID
}
