package kinds

import (
	"fmt"

	"loket/flows/transfer/check"
	"loket/flows/transfer/fiction"
	"loket/store"
)

// lifeInsuranceKind is an insurance of a person's life.
var lifeInsuranceKind = newKindDescription(
	func(p *store.Product) **store.LifeInsurance { return &p.Life },
	lifeJSON.toLife, newLifeJSON, acceptAnyNumber,
	SampleRecipe{
		ProductNames: []string{"Levensverzekering", "Overlijdensrisicoverzekering", "Uitvaartverzekering"},
		Number: func(n int) string {
			return fmt.Sprintf("L%02d.%03d.%03d", n/1_000_000, n/1000%1000, n%1000)
		},
		Details: newSampleDetailsFunc(inventLife), MayLackDetails: true,
	})

// nonlifeInsuranceKind is an insurance of a thing, a trip or a liability.
var nonlifeInsuranceKind = newKindDescription(
	func(p *store.Product) **store.NonlifeInsurance { return &p.Nonlife },
	nonlifeJSON.toNonlife, newNonlifeJSON, acceptAnyNumber,
	SampleRecipe{
		ProductNames: []string{"Autoverzekering", "Woonhuisverzekering", "Inboedelverzekering", "Reisverzekering"},
		Number:       func(n int) string { return fmt.Sprintf("88-%07d", n) },
		Details:      newSampleDetailsFunc(inventNonlife), MayLackDetails: true,
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

func (l lifeJSON) toLife(c *check.FieldReader) *store.LifeInsurance {
	return &store.LifeInsurance{
		InsuredAmount: c.ReadAmount("insured_amount", l.InsuredAmount),
		Premium:       c.ReadAmount("premium", l.Premium),
		PremiumPeriod: c.ReadKnownTerm("premium_period", l.PremiumPeriod, premiumPeriods),
		Ends:          c.ReadOptionalDateText("ends", l.Ends),
		Beneficiary:   c.ReadOptionalText("beneficiary", l.Beneficiary, check.LongestText),
	}
}

func newLifeJSON(i store.LifeInsurance) lifeJSON {
	return lifeJSON{
		InsuredAmount: formatEuros(i.InsuredAmount), Premium: formatEuros(i.Premium), PremiumPeriod: i.PremiumPeriod, Ends: i.Ends, Beneficiary: i.Beneficiary,
	}
}

func (l nonlifeJSON) toNonlife(c *check.FieldReader) *store.NonlifeInsurance {
	return &store.NonlifeInsurance{
		Insured:       c.ReadRequiredText("insured", l.Insured, check.LongestText),
		Cover:         c.ReadRequiredText("cover", l.Cover, check.LongestText),
		Premium:       c.ReadAmount("premium", l.Premium),
		PremiumPeriod: c.ReadKnownTerm("premium_period", l.PremiumPeriod, premiumPeriods),
		Deductible:    c.ReadOptionalAmount("deductible", l.Deductible),
		Renews:        c.ReadOptionalDateText("renews", l.Renews),
	}
}

func newNonlifeJSON(i store.NonlifeInsurance) nonlifeJSON {
	return nonlifeJSON{
		Insured: i.Insured, Cover: i.Cover, Premium: formatEuros(i.Premium), PremiumPeriod: i.PremiumPeriod,
		Deductible: formatOptionalEuros(i.Deductible), Renews: i.Renews,
	}
}

func inventLife(s *fiction.Source) lifeJSON {
	return lifeJSON{
		InsuredAmount: s.RandomEuros(5_000, 300_000).String(), Premium: s.RandomEuros(8, 120).String(), PremiumPeriod: fiction.PickOne(s, premiumPeriods),
		Ends: s.Today.AddMonths(12 + s.IntN(400)).String(), Beneficiary: fiction.PickOne(s, []string{"Partner", "Kinderen", "Erfgenamen"}),
	}
}

var sampleInsuredThings = []struct{ thing, cover string }{
	{"Personenauto", "WA + volledig casco"}, {"Personenauto", "WA"}, {"Eigen woning", "Extra uitgebreid"},
	{"Inboedel", "Uitgebreid"}, {"Doorlopende reis", "Europa"}, {"Gezin", "Aansprakelijkheid tot € 1.250.000"},
}

func inventNonlife(s *fiction.Source) nonlifeJSON {
	what := fiction.PickOne(s, sampleInsuredThings)
	return nonlifeJSON{
		Insured: what.thing, Cover: what.cover, Premium: s.RandomEuros(4, 90).String(), PremiumPeriod: fiction.PickOne(s, premiumPeriods[:3]),
		Deductible: s.RandomEuros(0, 500).String(), Renews: s.Today.AddDays(1 + s.IntN(365)).String(),
	}
}
