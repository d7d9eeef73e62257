package transfer

import (
	"fmt"

	"loket/store"
)

// life is an insurance of somebody's life.
var life = kindOf(
	func(p *store.Product) **store.Life { return &p.Life },
	lifeLine.life, lifeLineOf, anyNumber,
	sampleOf[lifeLine]{
		names: []string{"Levensverzekering", "Overlijdensrisicoverzekering", "Uitvaartverzekering"},
		number: func(n int) string {
			return fmt.Sprintf("L%02d.%03d.%03d", n/1_000_000, n/1000%1000, n%1000)
		},
		line: (*sampler).life, bare: true,
	})

// nonlife is an insurance of a thing, a trip, a liability.
var nonlife = kindOf(
	func(p *store.Product) **store.Nonlife { return &p.Nonlife },
	nonlifeLine.nonlife, nonlifeLineOf, anyNumber,
	sampleOf[nonlifeLine]{
		names:  []string{"Autoverzekering", "Woonhuisverzekering", "Inboedelverzekering", "Reisverzekering"},
		number: func(n int) string { return fmt.Sprintf("88-%07d", n) },
		line:   (*sampler).nonlife, bare: true,
	})

type lifeLine struct {
	InsuredAmount string `json:"insured_amount"`
	Premium       string `json:"premium"`
	PremiumPeriod string `json:"premium_period"`
	Ends          string `json:"ends,omitempty"`
	Beneficiary   string `json:"beneficiary,omitempty"`
}

type nonlifeLine struct {
	Insured       string `json:"insured"`
	Cover         string `json:"cover"`
	Premium       string `json:"premium"`
	PremiumPeriod string `json:"premium_period"`
	Deductible    string `json:"deductible,omitempty"`
	Renews        string `json:"renews,omitempty"`
}

// premiumPeriods are the periods that customers read in their own language.
var premiumPeriods = []string{"month", "quarter", "half_year", "year", "once"}

func (l lifeLine) life(c *checks) *store.Life {
	return &store.Life{
		InsuredAmount: c.amount("insured_amount", l.InsuredAmount),
		Premium:       c.amount("premium", l.Premium),
		PremiumPeriod: c.term("premium_period", l.PremiumPeriod, premiumPeriods),
		Ends:          c.dayIfAny("ends", l.Ends),
		Beneficiary:   c.text("beneficiary", l.Beneficiary, longestText),
	}
}

func lifeLineOf(i store.Life) lifeLine {
	return lifeLine{
		InsuredAmount: euros(i.InsuredAmount), Premium: euros(i.Premium), PremiumPeriod: i.PremiumPeriod, Ends: i.Ends, Beneficiary: i.Beneficiary,
	}
}

func (l nonlifeLine) nonlife(c *checks) *store.Nonlife {
	return &store.Nonlife{
		Insured:       c.needed("insured", l.Insured, longestText),
		Cover:         c.needed("cover", l.Cover, longestText),
		Premium:       c.amount("premium", l.Premium),
		PremiumPeriod: c.term("premium_period", l.PremiumPeriod, premiumPeriods),
		Deductible:    c.amountIfAny("deductible", l.Deductible),
		Renews:        c.dayIfAny("renews", l.Renews),
	}
}

func nonlifeLineOf(i store.Nonlife) nonlifeLine {
	return nonlifeLine{
		Insured: i.Insured, Cover: i.Cover, Premium: euros(i.Premium), PremiumPeriod: i.PremiumPeriod,
		Deductible: eurosIfAny(i.Deductible), Renews: i.Renews,
	}
}

func (s *sampler) life() lifeLine {
	return lifeLine{
		InsuredAmount: s.euros(5_000, 300_000).String(), Premium: s.euros(8, 120).String(), PremiumPeriod: one(s, premiumPeriods),
		Ends: s.today.AddMonths(12 + s.random.IntN(400)).String(), Beneficiary: one(s, []string{"Partner", "Kinderen", "Erfgenamen"}),
	}
}

func (s *sampler) nonlife() nonlifeLine {
	what := one(s, sampleInsured)
	return nonlifeLine{
		Insured: what.thing, Cover: what.cover, Premium: s.euros(4, 90).String(), PremiumPeriod: one(s, premiumPeriods[:3]),
		Deductible: s.euros(0, 500).String(), Renews: s.today.AddDays(1 + s.random.IntN(365)).String(),
	}
}
