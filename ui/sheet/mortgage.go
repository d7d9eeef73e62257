package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

var mortgage = detailsOf(
	func(p store.Product) *store.Mortgage { return p.Mortgage },
	(*Sheet).mortgage,
	func(m *store.Mortgage) text.Text {
		if len(m.Parts) == 0 {
			return text.Text{}
		}
		_, left := totals(m)
		return words.Amount(left)
	})

var toPayOff = text.New("Nog af te lossen", "Still to pay off")

// mortgage tells what is still to be paid off, and every part of the loan.
func (s *Sheet) mortgage(m *store.Mortgage, _ store.Product, today dutch.Date) {
	s.Facts = []Fact{
		{text.New("Je betaalt", "You pay"), premium(m.MonthlyPayment, "month")},
		{text.New("Onderpand", "Collateral"), words.Record(m.Collateral)},
	}
	if len(m.Parts) == 0 {
		return
	}
	borrowed, left := totals(m)
	s.Headline = &Amount{toPayOff, left}
	if len(m.Parts) > 1 {
		s.Whole = paidOff(borrowed, left)
	}
	for _, p := range m.Parts {
		s.Parts = append(s.Parts, loanPart(p, today))
	}
}

// totals gives what was borrowed at the start, and what is still to be paid off
// of it, in all parts.
func totals(m *store.Mortgage) (borrowed, left int64) {
	for _, part := range m.Parts {
		borrowed, left = borrowed+part.Principal, left+part.Outstanding
	}
	return borrowed, left
}

var loanForms = map[string]text.Text{
	"annuity":       text.New("annuïteitenlening", "annuity loan"),
	"linear":        text.New("lineaire lening", "linear loan"),
	"interest_only": text.New("aflossingsvrije lening", "interest-only loan"),
	"savings":       text.New("spaarhypotheek", "savings mortgage"),
}

func loanPart(p store.LoanPart, today dutch.Date) Part {
	form, known := loanForms[p.Form]
	if !known {
		form = words.Record(p.Form)
	}
	fixed := text.New(", vast", ", fixed")
	if p.FixedUntil == "" {
		fixed = text.New(", variabel", ", variable")
	}
	return Part{
		Name: words.Joined(text.New("Leningdeel ", "Loan part "), words.Record(p.Part)), Subtitle: form,
		Share: paidOff(p.Principal, p.Outstanding),
		Facts: []Fact{
			{toPayOff, words.Amount(p.Outstanding)},
			{text.New("Geleend", "Borrowed"), words.Amount(p.Principal)},
			{text.New("Loopt tot", "Runs until"), words.Date(p.Ends)},
			{text.New("Rente", "Interest"), words.Joined(words.Rate(p.Rate), fixed)},
			{text.New("Rente vast tot", "Rate fixed until"), words.Date(p.FixedUntil)},
		},
		Warning: rateEnds(p, today),
	}
}

// rateEnds says so when the rate of a part will not stay for another year.
func rateEnds(p store.LoanPart, today dutch.Date) text.Text {
	until, err := dutch.ParseDate(p.FixedUntil)
	switch {
	case err != nil, today.AddMonths(12).Before(until):
		return text.Text{}
	case until.Before(today):
		return text.New("Deze rente stond vast tot een dag die voorbij is. Vraag ons naar je rente van nu.", "This rate was fixed until a day that has passed. Ask us about your present rate.")
	}
	return text.New("Je rente staat nog minder dan een jaar vast.", "Your fixed rate ends within a year.")
}

// paidOff is how much of a loan is paid off.
func paidOff(borrowed, left int64) *Share {
	s := Share{Done: text.New("afgelost", "paid off")}
	if borrowed > 0 {
		s.Part = min(max(1-float64(left)/float64(borrowed), 0), 1)
	}
	return &s
}
