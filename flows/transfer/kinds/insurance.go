package kinds

import (
	"fmt"

	"loket/flows/transfer/check"
	"loket/flows/transfer/fiction"
	"loket/store"
)

// life is an insurance of somebody's life.
var life = kindOf(
	func(p *store.Product) **store.Life { return &p.Life },
	lifeLine.life, lifeLineOf, anyNumber,
	Sample{
		Names: []string{"Levensverzekering", "Overlijdensrisicoverzekering", "Uitvaartverzekering"},
		Number: func(n int) string {
			return fmt.Sprintf("L%02d.%03d.%03d", n/1_000_000, n/1000%1000, n%1000)
		},
		Details: invented(sampleLife), Bare: true,
	})

// nonlife is an insurance of a thing, a trip, a liability.
var nonlife = kindOf(
	func(p *store.Product) **store.Nonlife { return &p.Nonlife },
	nonlifeLine.nonlife, nonlifeLineOf, anyNumber,
	Sample{
		Names:   []string{"Autoverzekering", "Woonhuisverzekering", "Inboedelverzekering", "Reisverzekering"},
		Number:  func(n int) string { return fmt.Sprintf("88-%07d", n) },
		Details: invented(sampleNonlife), Bare: true,
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

func (l lifeLine) life(c *check.Fields) *store.Life {
	return &store.Life{
		InsuredAmount: c.Amount("insured_amount", l.InsuredAmount),
		Premium:       c.Amount("premium", l.Premium),
		PremiumPeriod: c.Term("premium_period", l.PremiumPeriod, premiumPeriods),
		Ends:          c.DayIfAny("ends", l.Ends),
		Beneficiary:   c.Text("beneficiary", l.Beneficiary, check.LongestText),
	}
}

func lifeLineOf(i store.Life) lifeLine {
	return lifeLine{
		InsuredAmount: euros(i.InsuredAmount), Premium: euros(i.Premium), PremiumPeriod: i.PremiumPeriod, Ends: i.Ends, Beneficiary: i.Beneficiary,
	}
}

func (l nonlifeLine) nonlife(c *check.Fields) *store.Nonlife {
	return &store.Nonlife{
		Insured:       c.Needed("insured", l.Insured, check.LongestText),
		Cover:         c.Needed("cover", l.Cover, check.LongestText),
		Premium:       c.Amount("premium", l.Premium),
		PremiumPeriod: c.Term("premium_period", l.PremiumPeriod, premiumPeriods),
		Deductible:    c.AmountIfAny("deductible", l.Deductible),
		Renews:        c.DayIfAny("renews", l.Renews),
	}
}

func nonlifeLineOf(i store.Nonlife) nonlifeLine {
	return nonlifeLine{
		Insured: i.Insured, Cover: i.Cover, Premium: euros(i.Premium), PremiumPeriod: i.PremiumPeriod,
		Deductible: eurosIfAny(i.Deductible), Renews: i.Renews,
	}
}

func sampleLife(s *fiction.Source) lifeLine {
	return lifeLine{
		InsuredAmount: s.Euros(5_000, 300_000).String(), Premium: s.Euros(8, 120).String(), PremiumPeriod: fiction.One(s, premiumPeriods),
		Ends: s.Today.AddMonths(12 + s.IntN(400)).String(), Beneficiary: fiction.One(s, []string{"Partner", "Kinderen", "Erfgenamen"}),
	}
}

var insured = []struct{ thing, cover string }{
	{"Personenauto", "WA + volledig casco"}, {"Personenauto", "WA"}, {"Eigen woning", "Extra uitgebreid"},
	{"Inboedel", "Uitgebreid"}, {"Doorlopende reis", "Europa"}, {"Gezin", "Aansprakelijkheid tot € 1.250.000"},
}

func sampleNonlife(s *fiction.Source) nonlifeLine {
	what := fiction.One(s, insured)
	return nonlifeLine{
		Insured: what.thing, Cover: what.cover, Premium: s.Euros(4, 90).String(), PremiumPeriod: fiction.One(s, premiumPeriods[:3]),
		Deductible: s.Euros(0, 500).String(), Renews: s.Today.AddDays(1 + s.IntN(365)).String(),
	}
}
