package kinds

import (
	"fmt"

	"loket/flows/transfer/check"
	"loket/flows/transfer/fiction"
	"loket/store"
)

// pensionKind is capital that is paid out later.
var pensionKind = newKindDescription(
	capitalField, capitalJSON.toCapital, newCapitalJSON, acceptAnyNumber,
	SampleRecipe{
		ProductNames: []string{"Collectief Pensioen", "Lijfrenterekening"},
		Number:       func(n int) string { return fmt.Sprintf("PN%08d", n) },
		Details:      newSampleDetailsFunc(func(s *fiction.Source) capitalJSON { return inventCapital(s, 400_000, s.RandomEuros(50, 900).String()) }),
	})

// investmentKind is capital whose value changes from day to day.
var investmentKind = newKindDescription(
	capitalField, capitalJSON.toCapital, newCapitalJSON, acceptAnyNumber,
	SampleRecipe{
		ProductNames: []string{"Zelf Beleggen", "Beheerd Beleggen"},
		Number:       func(n int) string { return fmt.Sprintf("BL-%08d", n) },
		Details:      newSampleDetailsFunc(func(s *fiction.Source) capitalJSON { return inventCapital(s, 90_000, "") }),
	})

func capitalField(p *store.Product) **store.CapitalProduct { return &p.Capital }

type capitalJSON struct {
	Value        string `json:"value"`
	AsOf         string `json:"as_of"`
	Contribution string `json:"contribution,omitempty"` // Contribution is the amount paid in per month.
}

func (l capitalJSON) toCapital(c *check.FieldReader) *store.CapitalProduct {
	return &store.CapitalProduct{
		Value:        c.ReadSignedAmount("value", l.Value),
		AsOf:         c.ReadRequiredDateText("as_of", l.AsOf),
		Contribution: c.ReadOptionalAmount("contribution", l.Contribution),
	}
}

func newCapitalJSON(c store.CapitalProduct) capitalJSON {
	return capitalJSON{Value: formatEuros(c.Value), AsOf: c.AsOf, Contribution: formatOptionalEuros(c.Contribution)}
}

func inventCapital(s *fiction.Source, most int64, contribution string) capitalJSON {
	return capitalJSON{Value: s.RandomEuros(200, most).String(), AsOf: s.RandomPastDay(31).String(), Contribution: contribution}
}
