package transfer

import (
	"fmt"

	"loket/flows/dutch"
	"loket/store"
)

// mortgage is a loan on a house.
var mortgage = kindOf(
	func(p *store.Product) **store.Mortgage { return &p.Mortgage },
	mortgageLine.mortgage, mortgageLineOf, anyNumber,
	sampleOf[mortgageLine]{
		names:  []string{"Woon Hypotheek", "Verhuis Hypotheek", "Nieuwbouw Hypotheek"},
		number: func(n int) string { return fmt.Sprintf("%d", 100_000_000+n) },
		line:   (*sampler).mortgage,
	})

type mortgageLine struct {
	Collateral     string         `json:"collateral"`
	MonthlyPayment string         `json:"monthly_payment"`
	Parts          []loanPartLine `json:"parts"`
}

type loanPartLine struct {
	Part        string `json:"part"`
	Form        string `json:"form"`
	Principal   string `json:"principal"`
	Outstanding string `json:"outstanding"`
	Rate        string `json:"rate"`
	FixedUntil  string `json:"fixed_until,omitempty"` // left out: the rate is variable
	Ends        string `json:"ends"`
}

const mostParts = 50

// loanForms are the forms that customers read in their own language.
var loanForms = []string{"annuity", "linear", "interest_only", "savings"}

func (l mortgageLine) mortgage(c *checks) *store.Mortgage {
	m := &store.Mortgage{
		Collateral:     c.needed("collateral", l.Collateral, longestText),
		MonthlyPayment: c.amount("monthly_payment", l.MonthlyPayment),
	}
	if len(l.Parts) == 0 {
		c.wrong("parts", "is missing")
	}
	each(c, "parts", l.Parts, mostParts, func(p loanPartLine) {
		m.Parts = append(m.Parts, store.LoanPart{
			Part:        c.needed("part", p.Part, longestID),
			Form:        c.term("form", p.Form, loanForms),
			Principal:   c.amount("principal", p.Principal),
			Outstanding: c.amount("outstanding", p.Outstanding),
			Rate:        c.rate("rate", p.Rate),
			FixedUntil:  c.dayIfAny("fixed_until", p.FixedUntil),
			Ends:        c.day("ends", p.Ends),
		})
	})
	return m
}

func mortgageLineOf(m store.Mortgage) mortgageLine {
	l := mortgageLine{Collateral: m.Collateral, MonthlyPayment: euros(m.MonthlyPayment)}
	for _, p := range m.Parts {
		l.Parts = append(l.Parts, loanPartLine{
			Part: p.Part, Form: p.Form, Principal: euros(p.Principal), Outstanding: euros(p.Outstanding),
			Rate: percent(p.Rate), FixedUntil: p.FixedUntil, Ends: p.Ends,
		})
	}
	return l
}

func (s *sampler) mortgage() mortgageLine {
	l := mortgageLine{
		Collateral:     fmt.Sprintf("%s %d, %s", one(s, sampleStreets), 1+s.random.IntN(180), one(s, sampleCities).name),
		MonthlyPayment: s.euros(300, 2400).String(),
	}
	for i := range 1 + s.pick(4, 4, 2) {
		principal := s.euros(40_000, 250_000)
		part := loanPartLine{
			Part: fmt.Sprintf("%02d", i+1), Form: one(s, loanForms),
			Principal: principal.String(), Outstanding: (principal * dutch.Cents(20+s.random.Int64N(80)) / 100).String(),
			Rate: dutch.Rate(1200 + 10*s.random.Int64N(400)).String(), Ends: s.today.AddMonths(12 + s.random.IntN(340)).String(),
		}
		if s.chance(90) {
			part.FixedUntil = s.today.AddMonths(1 + s.random.IntN(240)).String()
		}
		l.Parts = append(l.Parts, part)
	}
	return l
}
