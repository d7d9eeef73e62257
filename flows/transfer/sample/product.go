package sample

import (
	"fmt"

	"loket/flows/transfer/fiction"
	"loket/flows/transfer/kinds"
	"loket/flows/transfer/lines"
	"loket/store"
)

// writeProduct writes a product, and returns its ID. It may be an old policy without details (V2).
func (s *sampler) writeProduct(kind store.ProductKind, holders []string) string {
	k, known := kinds.FindKind(kind)
	if !known {
		s.err = fmt.Errorf("there is no sample of products of kind %q", kind)
		return ""
	}
	made := k.Sample
	s.products++
	n := s.products
	l := lines.Product{
		Type: lines.ProductType, ID: fmt.Sprintf("P%07d", 2_000_000+n), Kind: string(kind), Holders: holders,
		Name: fiction.PickOne(s.Source, made.ProductNames), Since: s.RandomPastDay(25 * 365).String(),
	}
	l.Number = made.Number(n)
	if details := made.Details(s.Source); !made.MayLackDetails || s.Chance(70) {
		l.Details = details
	}
	s.writeLine(l)
	return l.ID
}
