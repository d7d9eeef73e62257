package transfer

import (
	"cmp"
	"encoding/json"
	"fmt"

	"loket/flows/dutch"
	"loket/store"
)

// product writes a product, perhaps an old policy without details (V2), and
// gives its id.
func (s *sampler) product(kind store.ProductKind, holders []string) string {
	s.products++
	n := s.products
	l := productLine{
		Type: productType, ID: fmt.Sprintf("P%07d", 2_000_000+n), Kind: string(kind), Holders: holders,
		Name: one(s, sampleProducts[kind]), Since: s.ago(25 * 365).String(),
	}
	var details any
	switch kind {
	case store.KindSavings:
		l.Number, details = fmt.Sprintf("NL00NNBA%010d", n), s.savings()
	case store.KindMortgage:
		l.Number, details = fmt.Sprintf("%d", 100_000_000+n), s.mortgage()
	case store.KindLife:
		l.Number, details = fmt.Sprintf("L%02d.%03d.%03d", n/1_000_000, n/1000%1000, n%1000), s.life()
	case store.KindNonlife:
		l.Number, details = fmt.Sprintf("88-%07d", n), s.nonlife()
	case store.KindPension:
		l.Number, details = fmt.Sprintf("PN%08d", n), s.capital(400_000, s.euros(50, 900).String())
	case store.KindInvestment:
		l.Number, details = fmt.Sprintf("BL-%08d", n), s.capital(90_000, "")
	}
	if old := kind == store.KindLife || kind == store.KindNonlife; !old || s.chance(70) {
		l.Details = s.raw(details)
	}
	s.line(l)
	return l.ID
}

func (s *sampler) raw(details any) json.RawMessage {
	text, err := json.Marshal(details)
	s.err = cmp.Or(s.err, err)
	return text
}

func (s *sampler) savings() savingsLine {
	l := savingsLine{
		Balance: s.euros(5, 60_000).String(), InterestRate: dutch.Rate(500 + 50*s.random.Int64N(40)).String(),
		CounterAccount: fmt.Sprintf("NL00NNBA%010d", s.random.Int64N(10_000_000_000)),
	}
	day := s.ago(20)
	for range s.random.IntN(7) {
		amount, what := s.euros(10, 900), "Inleg"
		if s.chance(35) {
			amount, what = -amount, "Opname"
		}
		l.Transactions = append(l.Transactions, transactionLine{day.String(), amount.String(), what})
		day = day.AddDays(-1 - s.random.IntN(40))
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

func (s *sampler) capital(most int64, contribution string) capitalLine {
	return capitalLine{Value: s.euros(200, most).String(), AsOf: s.ago(31).String(), Contribution: contribution}
}
