package kinds

import (
	"fmt"

	"loket/flows/dutch"
	"loket/flows/transfer/check"
	"loket/flows/transfer/fiction"
	"loket/store"
)

// mortgageKind is a loan on a house.
var mortgageKind = newKindDescription(
	func(p *store.Product) **store.Mortgage { return &p.Mortgage },
	mortgageJSON.toMortgage, newMortgageJSON, acceptAnyNumber,
	SampleRecipe{
		ProductNames: []string{"Woon Hypotheek", "Verhuis Hypotheek", "Nieuwbouw Hypotheek"},
		Number:       func(n int) string { return fmt.Sprintf("%d", 100_000_000+n) },
		Details:      newSampleDetailsFunc(inventMortgage),
	})

type mortgageJSON struct {
	Collateral     string         `json:"collateral"`
	MonthlyPayment string         `json:"monthly_payment"`
	Parts          []loanPartJSON `json:"parts"`
}

type loanPartJSON struct {
	Part        string `json:"part"`
	Form        string `json:"form"`
	Principal   string `json:"principal"`
	Outstanding string `json:"outstanding"`
	Rate        string `json:"rate"`
	FixedUntil  string `json:"fixed_until,omitempty"` // FixedUntil is empty if the rate is variable.
	Ends        string `json:"ends"`
}

const maxLoanParts = 50

// knownLoanForms are the forms of loans that the desk shows in the customer's language.
var knownLoanForms = []string{"annuity", "linear", "interest_only", "savings"}

func (l mortgageJSON) toMortgage(c *check.FieldReader) *store.Mortgage {
	m := &store.Mortgage{
		Collateral:     c.ReadRequiredText("collateral", l.Collateral, check.LongestText),
		MonthlyPayment: c.ReadAmount("monthly_payment", l.MonthlyPayment),
	}
	if len(l.Parts) == 0 {
		c.AddProblem("parts", "is missing")
	}
	check.ReadItems(c, "parts", l.Parts, maxLoanParts, func(p loanPartJSON) {
		m.Parts = append(m.Parts, store.LoanPart{
			Part:        c.ReadRequiredText("part", p.Part, check.LongestID),
			Form:        c.ReadKnownTerm("form", p.Form, knownLoanForms),
			Principal:   c.ReadAmount("principal", p.Principal),
			Outstanding: c.ReadAmount("outstanding", p.Outstanding),
			Rate:        c.ReadPercentage("rate", p.Rate),
			FixedUntil:  c.ReadOptionalDateText("fixed_until", p.FixedUntil),
			Ends:        c.ReadRequiredDateText("ends", p.Ends),
		})
	})
	return m
}

func newMortgageJSON(m store.Mortgage) mortgageJSON {
	l := mortgageJSON{Collateral: m.Collateral, MonthlyPayment: formatEuros(m.MonthlyPayment)}
	for _, p := range m.Parts {
		l.Parts = append(l.Parts, loanPartJSON{
			Part: p.Part, Form: p.Form, Principal: formatEuros(p.Principal), Outstanding: formatEuros(p.Outstanding),
			Rate: formatPercent(p.Rate), FixedUntil: p.FixedUntil, Ends: p.Ends,
		})
	}
	return l
}

func inventMortgage(s *fiction.Source) mortgageJSON {
	l := mortgageJSON{
		Collateral:     fmt.Sprintf("%s %d, %s", fiction.PickOne(s, fiction.Streets), 1+s.IntN(180), fiction.PickOne(s, fiction.Cities).Name),
		MonthlyPayment: s.RandomEuros(300, 2400).String(),
	}
	for i := range 1 + s.PickWeighted(4, 4, 2) {
		principal := s.RandomEuros(40_000, 250_000)
		part := loanPartJSON{
			Part: fmt.Sprintf("%02d", i+1), Form: fiction.PickOne(s, knownLoanForms),
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
