package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

var mortgageDetails = detailsForType(
	func(p store.Product) *store.Mortgage { return p.Mortgage },
	(*Sheet).addMortgage,
	func(m *store.Mortgage) text.Text {
		if len(m.Parts) == 0 {
			return text.Text{}
		}
		_, left := loanTotals(m)
		return words.FormatAmount(left)
	})

var toPayOffText = text.New("Nog af te lossen", "Still to pay off")

// addMortgage adds the amount of a mortgage that is not paid off yet, and every part of the loan.
func (s *Sheet) addMortgage(m *store.Mortgage, _ store.Product, today dutch.Date) {
	s.Facts = []Fact{
		{text.New("Je betaalt", "You pay"), premiumText(m.MonthlyPayment, "month")},
		{text.New("Onderpand", "Collateral"), words.CleanRecordText(m.Collateral)},
	}
	if len(m.Parts) == 0 {
		return
	}
	borrowed, left := loanTotals(m)
	s.Headline = &Amount{toPayOffText, left}
	if len(m.Parts) > 1 {
		s.TotalShare = paidOffShare(borrowed, left)
	}
	for _, p := range m.Parts {
		s.Parts = append(s.Parts, newLoanPart(p, today))
	}
}

// loanTotals returns the total amount that was borrowed, and the amount that is not paid off yet, in euro cents.
func loanTotals(m *store.Mortgage) (borrowed, left int64) {
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

func newLoanPart(p store.LoanPart, today dutch.Date) SheetPart {
	form, known := loanForms[p.Form]
	if !known {
		form = words.CleanRecordText(p.Form)
	}
	fixed := text.New(", vast", ", fixed")
	if p.FixedUntil == "" {
		fixed = text.New(", variabel", ", variable")
	}
	return SheetPart{
		Name: words.Concat(text.New("Leningdeel ", "Loan part "), words.CleanRecordText(p.Part)), Subtitle: form,
		Share: paidOffShare(p.Principal, p.Outstanding),
		Facts: []Fact{
			{toPayOffText, words.FormatAmount(p.Outstanding)},
			{text.New("Geleend", "Borrowed"), words.FormatAmount(p.Principal)},
			{text.New("Loopt tot", "Runs until"), words.FormatDate(p.Ends)},
			{text.New("Rente", "Interest"), words.Concat(words.FormatRate(p.Rate), fixed)},
			{text.New("Rente vast tot", "Rate fixed until"), words.FormatDate(p.FixedUntil)},
		},
		Warning: rateEndText(p, today),
	}
}

// rateEndText returns a warning if the interest rate of a part is fixed for less than a year from today. Otherwise it returns
// an empty text.
func rateEndText(p store.LoanPart, today dutch.Date) text.Text {
	until, err := dutch.ParseDate(p.FixedUntil)
	switch {
	case err != nil, today.AddMonths(12).Before(until):
		return text.Text{}
	case until.Before(today):
		return text.New("Deze rente stond vast tot een dag die voorbij is. Vraag ons naar je rente van nu.", "This rate was fixed until a day that has passed. Ask us about your present rate.")
	}
	return text.New("Je rente staat nog minder dan een jaar vast.", "Your fixed rate ends within a year.")
}

// paidOffShare returns the fraction of a loan that is paid off.
func paidOffShare(borrowed, left int64) *DoneShare {
	s := DoneShare{DoneText: text.New("afgelost", "paid off")}
	if borrowed > 0 {
		s.Fraction = min(max(1-float64(left)/float64(borrowed), 0), 1)
	}
	return &s
}
