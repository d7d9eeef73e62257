package kinds

import (
	"fmt"

	"loket/flows/transfer/check"
	"loket/flows/transfer/fiction"
	"loket/store"
)

// pension is capital that is paid out later.
var pension = newKind(
	capitalOf, capitalJSON.toCapital, capitalJSONOf, acceptAnyNumber,
	Sample{
		ProductNames: []string{"Collectief Pensioen", "Lijfrenterekening"},
		Number:       func(n int) string { return fmt.Sprintf("PN%08d", n) },
		Details:      sampleDetails(func(s *fiction.Source) capitalJSON { return sampleCapital(s, 400_000, s.RandomEuros(50, 900).String()) }),
	})

// investment is capital whose value changes from day to day.
var investment = newKind(
	capitalOf, capitalJSON.toCapital, capitalJSONOf, acceptAnyNumber,
	Sample{
		ProductNames: []string{"Zelf Beleggen", "Beheerd Beleggen"},
		Number:       func(n int) string { return fmt.Sprintf("BL-%08d", n) },
		Details:      sampleDetails(func(s *fiction.Source) capitalJSON { return sampleCapital(s, 90_000, "") }),
	})

func capitalOf(p *store.Product) **store.CapitalProduct { return &p.Capital }

type capitalJSON struct {
	Value        string `json:"value"`
	AsOf         string `json:"as_of"`
	Contribution string `json:"contribution,omitempty"` // Contribution is the amount paid in per month.
}

func (l capitalJSON) toCapital(c *check.Fields) *store.CapitalProduct {
	return &store.CapitalProduct{
		Value:        c.SignedAmount("value", l.Value),
		AsOf:         c.RequiredDateText("as_of", l.AsOf),
		Contribution: c.OptionalAmount("contribution", l.Contribution),
	}
}

func capitalJSONOf(c store.CapitalProduct) capitalJSON {
	return capitalJSON{Value: formatEuros(c.Value), AsOf: c.AsOf, Contribution: formatOptionalEuros(c.Contribution)}
}

func sampleCapital(s *fiction.Source, most int64, contribution string) capitalJSON {
	return capitalJSON{Value: s.RandomEuros(200, most).String(), AsOf: s.RandomPastDay(31).String(), Contribution: contribution}
}
