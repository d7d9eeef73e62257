package sheet

import (
	"slices"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

var savings = detailsOf(
	func(p store.Product) *store.Savings { return p.Savings },
	(*Sheet).savings,
	func(account *store.Savings) text.Text { return words.Amount(account.Balance) })

// savings tells the balance, its course and what changed it.
func (s *Sheet) savings(account *store.Savings, _ store.Product, today dutch.Date) {
	s.Headline = &Amount{text.New("Saldo", "Balance"), account.Balance}
	s.Facts = []Fact{
		{text.New("Rente", "Interest"), words.Joined(words.Rate(account.InterestRate), text.New(" per jaar", " per year"))},
		{text.New("Tegenrekening", "Linked account"), words.Account(account.CounterAccount)},
	}
	if course := balances(account, today); len(course) > 1 {
		s.Parts = append(s.Parts, Part{
			Name: text.New("Verloop", "History"), Subtitle: text.New("aan het eind van de maand", "at the end of the month"), Course: course,
		})
	}
	if len(account.Transactions) > 0 {
		s.Parts = append(s.Parts, Part{Name: text.New("Bij en af", "In and out"), Transactions: account.Transactions})
	}
}

// courseMonths is how far back the course of a balance goes, as far as the
// transactions do.
const courseMonths = 12

// balances works out from the transactions what the balance was at the end of
// each month, the oldest first, and today.
func balances(s *store.Savings, today dutch.Date) []Point {
	change := map[dutch.Date]int64{} // by the first day of the month
	first := monthOf(today)
	oldest := first
	for _, t := range s.Transactions {
		if d, err := dutch.ParseDate(t.Date); err == nil && !today.Before(d) {
			change[monthOf(d)] += t.Amount
			if d.Before(oldest) {
				oldest = monthOf(d)
			}
		}
	}
	var points []Point
	month, balance := first, s.Balance
	for len(points) < courseMonths && !month.Before(oldest) {
		points = append(points, Point{month, balance})
		balance -= change[month]
		month = month.AddMonths(-1)
	}
	slices.Reverse(points)
	return points
}

// monthOf is the first day of the month of d.
func monthOf(d dutch.Date) dutch.Date { return dutch.NewDate(d.Year, d.Month, 1) }

// Said puts a transaction into words: "20 november 2026: bij € 250,00, Inleg".
func Said(t store.Transaction) text.Text {
	way, cents := text.New(": bij ", ": in "), t.Amount
	if cents < 0 {
		way, cents = text.New(": af ", ": out "), -cents
	}
	said := words.Joined(words.Date(t.Date), way, words.Amount(cents))
	if what := words.Record(t.Description); what != (text.Text{}) {
		said = words.Joined(said, text.Same(", "), what)
	}
	return said
}
