package ui

import (
	"slices"

	"loket/flows/dutch"
	"loket/store"
)

// savings draws the balance large, its course and what changed it.
func (f frame) savings(s *store.Savings) []string {
	balance := f.headed(f.say(either("Saldo", "Balance")), s.Balance,
		fact{either("Rente", "Interest"), f.rate(s.InterestRate) + " " + f.say(either("per jaar", "per year"))},
		fact{either("Tegenrekening", "Linked account"), f.account(s.CounterAccount)},
	)
	return slices.Concat(balance, f.course(s), f.transactions(s.Transactions))
}

// courseMonths is how far back the course of a balance goes, as far as the
// transactions do.
const courseMonths = 12

// course charts the balance at the end of each month.
func (f frame) course(s *store.Savings) []string {
	points := balances(s, f.day())
	if len(points) < 2 {
		return nil
	}
	lines := 4
	if f.Height > 24 {
		lines = 8
	}
	heading := f.heading(f.say(either("Verloop", "History")), f.say(either("aan het eind van de maand", "at the end of the month")))
	return slices.Concat([]string{"", heading}, f.chart(points, lines))
}

// balances works out from the transactions what the balance was at the end of
// each month, the oldest first, and today.
func balances(s *store.Savings, today dutch.Date) []point {
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
	var points []point
	month, balance := first, s.Balance
	for len(points) < courseMonths && !month.Before(oldest) {
		points = append(points, point{month, balance})
		balance -= change[month]
		month = month.AddMonths(-1)
	}
	slices.Reverse(points)
	return points
}

// monthOf is the first day of the month of d.
func monthOf(d dutch.Date) dutch.Date { return dutch.NewDate(d.Year, d.Month, 1) }

// transactions draws what came and what went, the newest first.
func (f frame) transactions(all []store.Transaction) []string {
	if len(all) == 0 {
		return nil
	}
	dates, amounts := make([]string, len(all)), make([]string, len(all))
	for i, t := range all {
		dates[i], amounts[i] = f.shortDate(t.Date), f.signed(t.Amount)
	}
	date, amount := widest(dates), widest(amounts)
	lines := []string{"", f.heading(f.say(either("Bij en af", "In and out")), "")}
	for i, t := range all {
		const gap = 2
		what := f.cut(f.record(t.Description), f.Width-date-amount-2*gap)
		style := f.Theme.Text
		if t.Amount >= 0 {
			style = f.Theme.Positive
		}
		left := f.Theme.Muted.Render(flush(dates[i], date)) + "  " + what
		lines = append(lines, between(left, style.Render(amounts[i][:1]+flush(amounts[i][1:], amount-1)), f.Width))
	}
	return lines
}

// signed gives an amount with what it did: "+ € 250,00", "- € 40,00".
func (f frame) signed(cents int64) string {
	if cents < 0 {
		return "- " + f.amount(-cents)
	}
	return "+ " + f.amount(cents)
}
