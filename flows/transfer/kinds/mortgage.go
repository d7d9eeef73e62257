package kinds

import (
	"fmt"

	"loket/flows/dutch"
	"loket/flows/transfer/check"
	"loket/flows/transfer/fiction"
	"loket/store"
)

// mortgage is a loan on a house.
var mortgage = kindOf(
	func(p *store.Product) **store.Mortgage { return &p.Mortgage },
	mortgageLine.mortgage, mortgageLineOf, anyNumber,
	Sample{
		Names:   []string{"Woon Hypotheek", "Verhuis Hypotheek", "Nieuwbouw Hypotheek"},
		Number:  func(n int) string { return fmt.Sprintf("%d", 100_000_000+n) },
		Details: invented(sampleMortgage),
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

func (l mortgageLine) mortgage(c *check.Fields) *store.Mortgage {
	m := &store.Mortgage{
		Collateral:     c.Needed("collateral", l.Collateral, check.LongestText),
		MonthlyPayment: c.Amount("monthly_payment", l.MonthlyPayment),
	}
	if len(l.Parts) == 0 {
		c.Wrong("parts", "is missing")
	}
	check.Each(c, "parts", l.Parts, mostParts, func(p loanPartLine) {
		m.Parts = append(m.Parts, store.LoanPart{
			Part:        c.Needed("part", p.Part, check.LongestID),
			Form:        c.Term("form", p.Form, loanForms),
			Principal:   c.Amount("principal", p.Principal),
			Outstanding: c.Amount("outstanding", p.Outstanding),
			Rate:        c.Rate("rate", p.Rate),
			FixedUntil:  c.DayIfAny("fixed_until", p.FixedUntil),
			Ends:        c.Day("ends", p.Ends),
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

func sampleMortgage(s *fiction.Source) mortgageLine {
	l := mortgageLine{
		Collateral:     fmt.Sprintf("%s %d, %s", fiction.One(s, fiction.Streets), 1+s.IntN(180), fiction.One(s, fiction.Cities).Name),
		MonthlyPayment: s.Euros(300, 2400).String(),
	}
	for i := range 1 + s.Pick(4, 4, 2) {
		principal := s.Euros(40_000, 250_000)
		part := loanPartLine{
			Part: fmt.Sprintf("%02d", i+1), Form: fiction.One(s, loanForms),
			Principal: principal.String(), Outstanding: (principal * dutch.Cents(20+s.Int64N(80)) / 100).String(),
			Rate: dutch.Rate(1200 + 10*s.Int64N(400)).String(), Ends: s.Today.AddMonths(12 + s.IntN(340)).String(),
		}
		if s.Chance(90) {
			part.FixedUntil = s.Today.AddMonths(1 + s.IntN(240)).String()
		}
		l.Parts = append(l.Parts, part)
	}
	return l
}
