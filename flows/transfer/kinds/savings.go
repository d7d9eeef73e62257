package kinds

import (
	"fmt"
	"slices"
	"strings"

	"loket/flows/dutch"
	"loket/flows/transfer/check"
	"loket/flows/transfer/fiction"
	"loket/store"
)

// savingsKind is an account with a balance.
var savingsKind = newKindDescription(
	func(p *store.Product) **store.Savings { return &p.Savings },
	savingsJSON.toSavings, newSavingsJSON, checkIBANNumber,
	SampleRecipe{
		ProductNames: []string{"Internetsparen", "Spaarrekening", "Deposito 12 maanden", "Kindersparen"},
		Number:       func(n int) string { return fmt.Sprintf("NL00NNBA%010d", n) },
		Details:      newSampleDetailsFunc(inventSavings),
	})

type savingsJSON struct {
	Balance        string            `json:"balance"`
	InterestRate   string            `json:"interest_rate"`
	CounterAccount string            `json:"counter_account,omitempty"`
	Transactions   []transactionJSON `json:"transactions,omitempty"`
}

type transactionJSON struct {
	Date        string `json:"date"`
	Amount      string `json:"amount"` // Amount is negative for money that left the account.
	Description string `json:"description,omitempty"`
}

const maxTransactions = 1000

func (l savingsJSON) toSavings(c *check.FieldReader) *store.Savings {
	s := &store.Savings{
		Balance:        c.ReadSignedAmount("balance", l.Balance),
		InterestRate:   c.ReadPercentage("interest_rate", l.InterestRate),
		CounterAccount: check.ReadOptionalParsed(c, "counter_account", l.CounterAccount, dutch.ParseIBAN, ibanRule),
	}
	check.ReadItems(c, "transactions", l.Transactions, maxTransactions, func(t transactionJSON) {
		s.Transactions = append(s.Transactions, store.Transaction{
			Date:        c.ReadRequiredDateText("date", t.Date),
			Amount:      c.ReadSignedAmount("amount", t.Amount),
			Description: c.ReadOptionalText("description", t.Description, check.LongestText),
		})
	})
	slices.SortStableFunc(s.Transactions, func(a, b store.Transaction) int { return strings.Compare(b.Date, a.Date) })
	return s
}

func newSavingsJSON(s store.Savings) savingsJSON {
	l := savingsJSON{Balance: formatEuros(s.Balance), InterestRate: formatPercent(s.InterestRate), CounterAccount: s.CounterAccount}
	for _, t := range s.Transactions {
		l.Transactions = append(l.Transactions, transactionJSON{t.Date, formatEuros(t.Amount), t.Description})
	}
	return l
}

func inventSavings(s *fiction.Source) savingsJSON {
	l := savingsJSON{
		Balance: s.RandomEuros(5, 60_000).String(), InterestRate: dutch.Rate(500 + 50*s.Int64N(40)).String(),
		CounterAccount: fmt.Sprintf("NL00NNBA%010d", s.Int64N(10_000_000_000)),
	}
	day := s.RandomPastDay(20)
	for range s.IntN(7) {
		amount, what := s.RandomEuros(10, 900), "Inleg"
		if s.Chance(35) {
			amount, what = -amount, "Opname"
		}
		l.Transactions = append(l.Transactions, transactionJSON{day.String(), amount.String(), what})
		day = day.AddDays(-1 - s.IntN(40))
	}
	return l
}
