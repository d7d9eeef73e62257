package transfer

import (
	"encoding/json"
	"slices"
	"strings"

	"loket/flows/dutch"
	"loket/store"
)

// Details of products. Amounts are euros, "1234.56"; rates are percentages, "3.45".
type (
	savingsLine struct {
		Balance        string            `json:"balance"`
		InterestRate   string            `json:"interest_rate"`
		CounterAccount string            `json:"counter_account,omitempty"`
		Transactions   []transactionLine `json:"transactions,omitempty"`
	}
	transactionLine struct {
		Date        string `json:"date"`
		Amount      string `json:"amount"` // below zero when it went
		Description string `json:"description,omitempty"`
	}
	mortgageLine struct {
		Collateral     string         `json:"collateral"`
		MonthlyPayment string         `json:"monthly_payment"`
		Parts          []loanPartLine `json:"parts"`
	}
	loanPartLine struct {
		Part        string `json:"part"`
		Form        string `json:"form"`
		Principal   string `json:"principal"`
		Outstanding string `json:"outstanding"`
		Rate        string `json:"rate"`
		FixedUntil  string `json:"fixed_until,omitempty"` // left out: the rate is variable
		Ends        string `json:"ends"`
	}
	lifeLine struct {
		InsuredAmount string `json:"insured_amount"`
		Premium       string `json:"premium"`
		PremiumPeriod string `json:"premium_period"`
		Ends          string `json:"ends,omitempty"`
		Beneficiary   string `json:"beneficiary,omitempty"`
	}
	nonlifeLine struct {
		Insured       string `json:"insured"`
		Cover         string `json:"cover"`
		Premium       string `json:"premium"`
		PremiumPeriod string `json:"premium_period"`
		Deductible    string `json:"deductible,omitempty"`
		Renews        string `json:"renews,omitempty"`
	}
	capitalLine struct {
		Value        string `json:"value"`
		AsOf         string `json:"as_of"`
		Contribution string `json:"contribution,omitempty"` // a month
	}
)

const (
	ibanRule         = "an IBAN, such as NL22NNBA0123456789"
	mostTransactions = 1000
	mostParts        = 50
)

// The terms that customers read in their own language.
var (
	loanForms      = []string{"annuity", "linear", "interest_only", "savings"}
	premiumPeriods = []string{"month", "quarter", "half_year", "year", "once"}
)

// details reads those that fit the kind of p.
func (c *checks) details(p *store.Product, text json.RawMessage) {
	switch p.Kind {
	case store.KindSavings:
		p.Savings = detail(c, text, savingsLine.savings)
	case store.KindMortgage:
		p.Mortgage = detail(c, text, mortgageLine.mortgage)
	case store.KindLife:
		p.Life = detail(c, text, lifeLine.life)
	case store.KindNonlife:
		p.Nonlife = detail(c, text, nonlifeLine.nonlife)
	case store.KindPension, store.KindInvestment:
		p.Capital = detail(c, text, capitalLine.capital)
	}
}

func detail[L, D any](c *checks, text json.RawMessage, make func(L, *checks) *D) *D {
	l, ok := decoded[L](c, text)
	if !ok {
		return nil
	}
	return make(l, c)
}

func (l savingsLine) savings(c *checks) *store.Savings {
	s := &store.Savings{
		Balance:        c.signed("balance", l.Balance),
		InterestRate:   c.rate("interest_rate", l.InterestRate),
		CounterAccount: form(c, "counter_account", l.CounterAccount, dutch.ParseIBAN, ibanRule),
	}
	each(c, "transactions", l.Transactions, mostTransactions, func(t transactionLine) {
		s.Transactions = append(s.Transactions, store.Transaction{
			Date:        c.day("date", t.Date),
			Amount:      c.signed("amount", t.Amount),
			Description: c.text("description", t.Description, longestText),
		})
	})
	slices.SortStableFunc(s.Transactions, func(a, b store.Transaction) int { return strings.Compare(b.Date, a.Date) })
	return s
}

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

func (l lifeLine) life(c *checks) *store.Life {
	return &store.Life{
		InsuredAmount: c.amount("insured_amount", l.InsuredAmount),
		Premium:       c.amount("premium", l.Premium),
		PremiumPeriod: c.term("premium_period", l.PremiumPeriod, premiumPeriods),
		Ends:          c.dayIfAny("ends", l.Ends),
		Beneficiary:   c.text("beneficiary", l.Beneficiary, longestText),
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

func (l capitalLine) capital(c *checks) *store.Capital {
	return &store.Capital{
		Value:        c.signed("value", l.Value),
		AsOf:         c.day("as_of", l.AsOf),
		Contribution: c.amountIfAny("contribution", l.Contribution),
	}
}
