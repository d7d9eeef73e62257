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

// savings is an account with a balance.
var savings = kindOf(
	func(p *store.Product) **store.Savings { return &p.Savings },
	savingsLine.savings, savingsLineOf, ibanNumber,
	Sample{
		Names:   []string{"Internetsparen", "Spaarrekening", "Deposito 12 maanden", "Kindersparen"},
		Number:  func(n int) string { return fmt.Sprintf("NL00NNBA%010d", n) },
		Details: invented(sampleSavings),
	})

type savingsLine struct {
	Balance        string            `json:"balance"`
	InterestRate   string            `json:"interest_rate"`
	CounterAccount string            `json:"counter_account,omitempty"`
	Transactions   []transactionLine `json:"transactions,omitempty"`
}

type transactionLine struct {
	Date        string `json:"date"`
	Amount      string `json:"amount"` // below zero when it went
	Description string `json:"description,omitempty"`
}

const mostTransactions = 1000

func (l savingsLine) savings(c *check.Fields) *store.Savings {
	s := &store.Savings{
		Balance:        c.Signed("balance", l.Balance),
		InterestRate:   c.Rate("interest_rate", l.InterestRate),
		CounterAccount: check.Form(c, "counter_account", l.CounterAccount, dutch.ParseIBAN, ibanRule),
	}
	check.Each(c, "transactions", l.Transactions, mostTransactions, func(t transactionLine) {
		s.Transactions = append(s.Transactions, store.Transaction{
			Date:        c.Day("date", t.Date),
			Amount:      c.Signed("amount", t.Amount),
			Description: c.Text("description", t.Description, check.LongestText),
		})
	})
	slices.SortStableFunc(s.Transactions, func(a, b store.Transaction) int { return strings.Compare(b.Date, a.Date) })
	return s
}

func savingsLineOf(s store.Savings) savingsLine {
	l := savingsLine{Balance: euros(s.Balance), InterestRate: percent(s.InterestRate), CounterAccount: s.CounterAccount}
	for _, t := range s.Transactions {
		l.Transactions = append(l.Transactions, transactionLine{t.Date, euros(t.Amount), t.Description})
	}
	return l
}

func sampleSavings(s *fiction.Source) savingsLine {
	l := savingsLine{
		Balance: s.Euros(5, 60_000).String(), InterestRate: dutch.Rate(500 + 50*s.Int64N(40)).String(),
		CounterAccount: fmt.Sprintf("NL00NNBA%010d", s.Int64N(10_000_000_000)),
	}
	day := s.Ago(20)
	for range s.IntN(7) {
		amount, what := s.Euros(10, 900), "Inleg"
		if s.Chance(35) {
			amount, what = -amount, "Opname"
		}
		l.Transactions = append(l.Transactions, transactionLine{day.String(), amount.String(), what})
		day = day.AddDays(-1 - s.IntN(40))
	}
	return l
}
