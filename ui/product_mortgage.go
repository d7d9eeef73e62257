package ui

import (
	"fmt"
	"math"
	"slices"

	"loket/flows"
	"loket/flows/dutch"
	"loket/store"
	"loket/ui/theme"
)

// mortgage draws what is still to be paid off, and every part of the loan.
func (f frame) mortgage(m *store.Mortgage) []string {
	facts := []fact{
		{either("Je betaalt", "You pay"), f.premium(m.MonthlyPayment, "month")},
		{either("Onderpand", "Collateral"), f.record(m.Collateral)},
	}
	if len(m.Parts) == 0 {
		return f.facts(f.Width, facts...)
	}
	lines := f.headed(f.say(either("Nog af te lossen", "Still to pay off")), outstanding(m), facts...)
	if len(m.Parts) > 1 {
		lines = append(lines, "", f.paidOff(principal(m), outstanding(m)))
	}
	for _, part := range m.Parts {
		lines = slices.Concat(lines, []string{""}, f.loanPart(part))
	}
	return lines
}

// outstanding is what is still to be paid off of all parts.
func outstanding(m *store.Mortgage) (cents int64) {
	for _, part := range m.Parts {
		cents += part.Outstanding
	}
	return cents
}

// principal is what was borrowed at the start in all parts.
func principal(m *store.Mortgage) (cents int64) {
	for _, part := range m.Parts {
		cents += part.Principal
	}
	return cents
}

var loanForms = map[string]flows.Text{
	"annuity":       either("annuïteitenlening", "annuity loan"),
	"linear":        either("lineaire lening", "linear loan"),
	"interest_only": either("aflossingsvrije lening", "interest-only loan"),
	"savings":       either("spaarhypotheek", "savings mortgage"),
}

func (f frame) loanPart(p store.LoanPart) []string {
	form := f.record(p.Form)
	if words, known := loanForms[p.Form]; known {
		form = f.say(words)
	}
	lines := []string{
		f.heading(f.say(either("Leningdeel ", "Loan part "))+f.record(p.Part), form),
		f.paidOff(p.Principal, p.Outstanding),
	}
	lines = append(lines, f.inPairs(
		fact{either("Nog af te lossen", "Still to pay off"), f.amount(p.Outstanding)},
		fact{either("Geleend", "Borrowed"), f.amount(p.Principal)},
		fact{either("Loopt tot", "Runs until"), f.date(p.Ends)},
		fact{either("Rente", "Interest"), f.rate(p.Rate) + ", " + f.say(fixedOrNot(p))},
		fact{either("Rente vast tot", "Rate fixed until"), f.date(p.FixedUntil)},
	)...)
	return append(lines, f.rateEnds(p)...)
}

func fixedOrNot(p store.LoanPart) flows.Text {
	if p.FixedUntil == "" {
		return either("variabel", "variable")
	}
	return either("vast", "fixed")
}

// rateEnds says so when the rate of a part will not stay for another year.
func (f frame) rateEnds(p store.LoanPart) []string {
	until, err := dutch.ParseDate(p.FixedUntil)
	if err != nil {
		return nil
	}
	warning := either("Je rente staat nog minder dan een jaar vast.", "Your rate is fixed for less than another year.")
	switch today := f.day(); {
	case until.Before(today):
		warning = either("Deze rente stond vast tot een dag die voorbij is. Vraag ons naar je rente van nu.", "This rate was fixed until a day that has passed. Ask us about your present rate.")
	case today.AddMonths(12).Before(until):
		return nil
	}
	return styled(f.Theme.Bad, f.wrap(theme.Attend+" "+f.say(warning), f.Width))
}

// paidOff draws how much of a loan is paid off.
func (f frame) paidOff(principal, outstanding int64) string {
	part := 0.0
	if principal > 0 {
		part = min(max(1-float64(outstanding)/float64(principal), 0), 1)
	}
	// Rounded down: a loan is not paid off before it is.
	says := fmt.Sprintf(" %3.0f%% ", math.Floor(part*100)) + f.say(either("afgelost", "paid off"))
	return f.Theme.Bar(part, f.Width-len(says)) + says
}
