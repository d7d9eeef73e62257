package kinds

import (
	"fmt"

	"loket/flows/transfer/check"
	"loket/flows/transfer/fiction"
	"loket/store"
)

// pension is capital that is paid out later.
var pension = kindOf(
	capitalOf, capitalLine.capital, capitalLineOf, anyNumber,
	Sample{
		Names:   []string{"Collectief Pensioen", "Lijfrenterekening"},
		Number:  func(n int) string { return fmt.Sprintf("PN%08d", n) },
		Details: invented(func(s *fiction.Source) capitalLine { return sampleCapital(s, 400_000, s.Euros(50, 900).String()) }),
	})

// investment is capital that is worth more or less from day to day.
var investment = kindOf(
	capitalOf, capitalLine.capital, capitalLineOf, anyNumber,
	Sample{
		Names:   []string{"Zelf Beleggen", "Beheerd Beleggen"},
		Number:  func(n int) string { return fmt.Sprintf("BL-%08d", n) },
		Details: invented(func(s *fiction.Source) capitalLine { return sampleCapital(s, 90_000, "") }),
	})

func capitalOf(p *store.Product) **store.Capital { return &p.Capital }

type capitalLine struct {
	Value        string `json:"value"`
	AsOf         string `json:"as_of"`
	Contribution string `json:"contribution,omitempty"` // a month
}

func (l capitalLine) capital(c *check.Fields) *store.Capital {
	return &store.Capital{
		Value:        c.Signed("value", l.Value),
		AsOf:         c.Day("as_of", l.AsOf),
		Contribution: c.AmountIfAny("contribution", l.Contribution),
	}
}

func capitalLineOf(c store.Capital) capitalLine {
	return capitalLine{Value: euros(c.Value), AsOf: c.AsOf, Contribution: eurosIfAny(c.Contribution)}
}

func sampleCapital(s *fiction.Source, most int64, contribution string) capitalLine {
	return capitalLine{Value: s.Euros(200, most).String(), AsOf: s.Ago(31).String(), Contribution: contribution}
}
