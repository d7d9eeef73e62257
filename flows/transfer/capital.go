package transfer

import (
	"fmt"

	"loket/store"
)

// pension is capital that is paid out later.
var pension = kindOf(
	capitalOf, capitalLine.capital, capitalLineOf, anyNumber,
	sampleOf[capitalLine]{
		names:  []string{"Collectief Pensioen", "Lijfrenterekening"},
		number: func(n int) string { return fmt.Sprintf("PN%08d", n) },
		line:   func(s *sampler) capitalLine { return s.capital(400_000, s.euros(50, 900).String()) },
	})

// investment is capital that is worth more or less from day to day.
var investment = kindOf(
	capitalOf, capitalLine.capital, capitalLineOf, anyNumber,
	sampleOf[capitalLine]{
		names:  []string{"Zelf Beleggen", "Beheerd Beleggen"},
		number: func(n int) string { return fmt.Sprintf("BL-%08d", n) },
		line:   func(s *sampler) capitalLine { return s.capital(90_000, "") },
	})

func capitalOf(p *store.Product) **store.Capital { return &p.Capital }

type capitalLine struct {
	Value        string `json:"value"`
	AsOf         string `json:"as_of"`
	Contribution string `json:"contribution,omitempty"` // a month
}

func (l capitalLine) capital(c *checks) *store.Capital {
	return &store.Capital{
		Value:        c.signed("value", l.Value),
		AsOf:         c.day("as_of", l.AsOf),
		Contribution: c.amountIfAny("contribution", l.Contribution),
	}
}

func capitalLineOf(c store.Capital) capitalLine {
	return capitalLine{Value: euros(c.Value), AsOf: c.AsOf, Contribution: eurosIfAny(c.Contribution)}
}

func (s *sampler) capital(most int64, contribution string) capitalLine {
	return capitalLine{Value: s.euros(200, most).String(), AsOf: s.ago(31).String(), Contribution: contribution}
}
