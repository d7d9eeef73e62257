package ui

import (
	"slices"

	"loket/store"
)

// nonlife draws what an insurance costs, what it covers and when it renews.
func (f frame) nonlife(n *store.Nonlife) []string {
	premium := f.headline(f.say(either("Premie ", "Premium "))+f.period(n.PremiumPeriod), n.Premium)
	deductible := ""
	if n.Deductible != 0 {
		deductible = f.amount(n.Deductible)
	}
	return slices.Concat(premium, []string{"", f.heading(f.say(either("Je verzekering", "Your insurance")), "")}, f.facts(f.Width,
		fact{either("Verzekerd", "Insured"), f.record(n.Insured)},
		fact{either("Dekking", "Cover"), f.record(n.Cover)},
		fact{either("Eigen risico", "Deductible"), deductible},
		fact{either("Wordt verlengd op", "Renews on"), f.date(n.Renews)},
	))
}
