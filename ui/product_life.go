package ui

import (
	"slices"

	"loket/flows/dutch"
	"loket/store"
)

// life draws what is insured, and how far the policy is on its way.
func (f frame) life(l *store.Life, since string) []string {
	insured := f.headed(f.say(either("Verzekerd bedrag", "Insured amount")), l.InsuredAmount,
		fact{either("Premie", "Premium"), f.premium(l.Premium, l.PremiumPeriod)},
		fact{either("Begunstigde", "Beneficiary"), f.record(l.Beneficiary)},
		fact{either("Loopt tot", "Runs until"), f.date(l.Ends)},
	)
	return slices.Concat(insured, f.term(since, l.Ends))
}

// term draws how much has passed of the time between two ISO dates.
func (f frame) term(from, until string) []string {
	begin, errBegin := dutch.ParseDate(from)
	end, errEnd := dutch.ParseDate(until)
	if errBegin != nil || errEnd != nil || !begin.Before(end) {
		return nil
	}
	passed := days(begin, f.day()) / days(begin, end)
	return []string{
		"",
		f.heading(f.say(either("Looptijd", "Term")), ""),
		f.Theme.Bar(passed, f.Width),
		f.Theme.Muted.Render(between(f.date(from), f.date(until), f.Width)),
	}
}

// days counts the days between two dates.
func days(from, until dutch.Date) float64 {
	const noon = 12 * dutch.Hour
	return until.At(noon).Sub(from.At(noon)).Hours() / 24
}
