package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

var lifeDetails = detailsForType(
	func(p store.Product) *store.LifeInsurance { return p.Life },
	(*Sheet).addLife,
	func(l *store.LifeInsurance) text.Text { return premiumText(l.Premium, l.PremiumPeriod) })

// addLife adds the insured amount of a life insurance, its premium, and how much of the term has passed.
func (s *Sheet) addLife(l *store.LifeInsurance, p store.Product, today dutch.Date) {
	s.Headline = &Amount{text.New("Verzekerd bedrag", "Insured amount"), l.InsuredAmount}
	s.Facts = []Fact{
		{text.New("Premie", "Premium"), premiumText(l.Premium, l.PremiumPeriod)},
		{text.New("Begunstigde", "Beneficiary"), words.CleanRecordText(l.Beneficiary)},
		{text.New("Loopt tot", "Runs until"), words.FormatDate(l.Ends)},
	}
	if t := newTermProgress(p.Since, l.Ends, today); t != nil {
		s.Parts = append(s.Parts, SheetPart{Name: text.New("Looptijd", "Term"), Term: t})
	}
}

// newTermProgress returns the term between two ISO dates. It returns nil if they are not valid dates, or are in the wrong order.
func newTermProgress(from, until string, today dutch.Date) *TermProgress {
	begin, errBegin := dutch.ParseDate(from)
	end, errEnd := dutch.ParseDate(until)
	if errBegin != nil || errEnd != nil || !begin.Before(end) {
		return nil
	}
	passed := min(max(daysBetween(begin, today)/daysBetween(begin, end), 0), 1)
	return &TermProgress{words.FormatDate(from), words.FormatDate(until), DoneShare{passed, text.New("voorbij", "over")}}
}

// daysBetween returns the number of days between two dates.
func daysBetween(from, until dutch.Date) float64 {
	const noon = 12 * dutch.Hour
	return until.TimeAt(noon).Sub(from.TimeAt(noon)).Hours() / 24
}

var nonlifeDetails = detailsForType(
	func(p store.Product) *store.NonlifeInsurance { return p.Nonlife },
	(*Sheet).addNonlife,
	func(n *store.NonlifeInsurance) text.Text { return premiumText(n.Premium, n.PremiumPeriod) })

// addNonlife adds the premium of an insurance, its cover, and when it renews.
func (s *Sheet) addNonlife(n *store.NonlifeInsurance, _ store.Product, _ dutch.Date) {
	s.Headline = &Amount{words.JoinSpaced(text.New("Premie", "Premium"), periodText(n.PremiumPeriod)), n.Premium}
	insurance := SheetPart{Name: text.New("Je verzekering", "Your insurance"), Facts: []Fact{
		{text.New("Verzekerd", "Insured"), words.CleanRecordText(n.Insured)},
		{text.New("Dekking", "Cover"), words.CleanRecordText(n.Cover)},
	}}
	if n.Deductible != 0 {
		insurance.Facts = append(insurance.Facts, Fact{text.New("Eigen risico", "Deductible"), words.FormatAmount(n.Deductible)})
	}
	insurance.Facts = append(insurance.Facts, Fact{text.New("Wordt verlengd op", "Renews on"), words.FormatDate(n.Renews)})
	s.Parts = []SheetPart{insurance}
}
