package sheet

import (
	"slices"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

var savingsDetails = detailsForType(
	func(p store.Product) *store.Savings { return p.Savings },
	(*Sheet).addSavings,
	func(account *store.Savings) text.Text { return words.FormatAmount(account.Balance) })

// addSavings adds the balance of an account, the balances of past months, and the transactions.
func (s *Sheet) addSavings(account *store.Savings, _ store.Product, today dutch.Date) {
	s.Headline = &Amount{text.New("Saldo", "Balance"), account.Balance}
	s.Facts = []Fact{
		{text.New("Rente", "Interest"), words.Concat(words.FormatRate(account.InterestRate), text.New(" per jaar", " per year"))},
		{text.New("Tegenrekening", "Linked account"), words.FormatAccountNumber(account.CounterAccount)},
	}
	if course := monthlyBalances(account, today); len(course) > 1 {
		s.Parts = append(s.Parts, SheetPart{
			Name: text.New("Verloop", "History"), Subtitle: text.New("aan het eind van de maand", "at the end of the month"), Balances: course,
		})
	}
	if len(account.Transactions) > 0 {
		s.Parts = append(s.Parts, SheetPart{Name: text.New("Bij en af", "In and out"), Transactions: account.Transactions})
	}
}

// balanceMonths is the maximum number of months with a balance. There are fewer if the transactions do not go back that far.
const balanceMonths = 12

// monthlyBalances computes the balance at the end of each month from the transactions, oldest first. The last balance is
// today's.
func monthlyBalances(s *store.Savings, today dutch.Date) []BalancePoint {
	change := map[dutch.Date]int64{} // change maps the first day of each month to the total of its transactions.
	first := firstOfMonth(today)
	oldest := first
	for _, t := range s.Transactions {
		if d, err := dutch.ParseDate(t.Date); err == nil && !today.Before(d) {
			change[firstOfMonth(d)] += t.Amount
			if d.Before(oldest) {
				oldest = firstOfMonth(d)
			}
		}
	}
	var points []BalancePoint
	month, balance := first, s.Balance
	for len(points) < balanceMonths && !month.Before(oldest) {
		points = append(points, BalancePoint{month, balance})
		balance -= change[month]
		month = month.AddMonths(-1)
	}
	slices.Reverse(points)
	return points
}

// firstOfMonth returns the first day of the month of d.
func firstOfMonth(d dutch.Date) dutch.Date { return dutch.NewDate(d.Year, d.Month, 1) }

// TransactionText describes a transaction in one line: "20 november 2026: bij € 250,00, Inleg".
func TransactionText(t store.Transaction) text.Text {
	way, cents := text.New(": bij ", ": in "), t.Amount
	if cents < 0 {
		way, cents = text.New(": af ", ": out "), -cents
	}
	said := words.Concat(words.FormatDate(t.Date), way, words.FormatAmount(cents))
	if what := words.CleanRecordText(t.Description); what != (text.Text{}) {
		said = words.Concat(said, text.SameInBoth(", "), what)
	}
	return said
}
