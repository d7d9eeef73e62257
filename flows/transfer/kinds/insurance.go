package kinds

import (
	"fmt"

	"loket/flows/transfer/check"
	"loket/flows/transfer/fiction"
	"loket/store"
)

// life is an insurance of a person's life.
var life = newKind(
	func(p *store.Product) **store.LifeInsurance { return &p.Life },
	lifeJSON.toLife, lifeJSONOf, acceptAnyNumber,
	Sample{
		ProductNames: []string{"Levensverzekering", "Overlijdensrisicoverzekering", "Uitvaartverzekering"},
		Number: func(n int) string {
			return fmt.Sprintf("L%02d.%03d.%03d", n/1_000_000, n/1000%1000, n%1000)
		},
		Details: sampleDetails(sampleLife), MayLackDetails: true,
	})

// nonlife is an insurance of a thing, a trip or a liability.
var nonlife = newKind(
	func(p *store.Product) **store.NonlifeInsurance { return &p.Nonlife },
	nonlifeJSON.toNonlife, nonlifeJSONOf, acceptAnyNumber,
	Sample{
		ProductNames: []string{"Autoverzekering", "Woonhuisverzekering", "Inboedelverzekering", "Reisverzekering"},
		Number:       func(n int) string { return fmt.Sprintf("88-%07d", n) },
		Details:      sampleDetails(sampleNonlife), MayLackDetails: true,
	})

type lifeJSON struct {
	InsuredAmount string `json:"insured_amount"`
	Premium       string `json:"premium"`
	PremiumPeriod string `json:"premium_period"`
	Ends          string `json:"ends,omitempty"`
	Beneficiary   string `json:"beneficiary,omitempty"`
}

type nonlifeJSON struct {
	Insured       string `json:"insured"`
	Cover         string `json:"cover"`
	Premium       string `json:"premium"`
	PremiumPeriod string `json:"premium_period"`
	Deductible    string `json:"deductible,omitempty"`
	Renews        string `json:"renews,omitempty"`
}

// premiumPeriods are the periods that the desk shows in the customer's language.
var premiumPeriods = []string{"month", "quarter", "half_year", "year", "once"}

func (l lifeJSON) toLife(c *check.Fields) *store.LifeInsurance {
	return &store.LifeInsurance{
		InsuredAmount: c.Amount("insured_amount", l.InsuredAmount),
		Premium:       c.Amount("premium", l.Premium),
		PremiumPeriod: c.KnownTerm("premium_period", l.PremiumPeriod, premiumPeriods),
		Ends:          c.OptionalDateText("ends", l.Ends),
		Beneficiary:   c.OptionalText("beneficiary", l.Beneficiary, check.LongestText),
	}
}

func lifeJSONOf(i store.LifeInsurance) lifeJSON {
	return lifeJSON{
		InsuredAmount: formatEuros(i.InsuredAmount), Premium: formatEuros(i.Premium), PremiumPeriod: i.PremiumPeriod, Ends: i.Ends, Beneficiary: i.Beneficiary,
	}
}

func (l nonlifeJSON) toNonlife(c *check.Fields) *store.NonlifeInsurance {
	return &store.NonlifeInsurance{
		Insured:       c.RequiredText("insured", l.Insured, check.LongestText),
		Cover:         c.RequiredText("cover", l.Cover, check.LongestText),
		Premium:       c.Amount("premium", l.Premium),
		PremiumPeriod: c.KnownTerm("premium_period", l.PremiumPeriod, premiumPeriods),
		Deductible:    c.OptionalAmount("deductible", l.Deductible),
		Renews:        c.OptionalDateText("renews", l.Renews),
	}
}

func nonlifeJSONOf(i store.NonlifeInsurance) nonlifeJSON {
	return nonlifeJSON{
		Insured: i.Insured, Cover: i.Cover, Premium: formatEuros(i.Premium), PremiumPeriod: i.PremiumPeriod,
		Deductible: formatOptionalEuros(i.Deductible), Renews: i.Renews,
	}
}

func sampleLife(s *fiction.Source) lifeJSON {
	return lifeJSON{
		InsuredAmount: s.RandomEuros(5_000, 300_000).String(), Premium: s.RandomEuros(8, 120).String(), PremiumPeriod: fiction.PickOne(s, premiumPeriods),
		Ends: s.Today.AddMonths(12 + s.IntN(400)).String(), Beneficiary: fiction.PickOne(s, []string{"Partner", "Kinderen", "Erfgenamen"}),
	}
}

var sampleInsured = []struct{ thing, cover string }{
	{"Personenauto", "WA + volledig casco"}, {"Personenauto", "WA"}, {"Eigen woning", "Extra uitgebreid"},
	{"Inboedel", "Uitgebreid"}, {"Doorlopende reis", "Europa"}, {"Gezin", "Aansprakelijkheid tot € 1.250.000"},
}

func sampleNonlife(s *fiction.Source) nonlifeJSON {
	what := fiction.PickOne(s, sampleInsured)
	return nonlifeJSON{
		Insured: what.thing, Cover: what.cover, Premium: s.RandomEuros(4, 90).String(), PremiumPeriod: fiction.PickOne(s, premiumPeriods[:3]),
		Deductible: s.RandomEuros(0, 500).String(), Renews: s.Today.AddDays(1 + s.IntN(365)).String(),
	}
}
