package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

var life = detailsOf(
	func(p store.Product) *store.Life { return p.Life },
	(*Sheet).life,
	func(l *store.Life) text.Text { return premium(l.Premium, l.PremiumPeriod) })

// life tells what is insured, and how far the policy is on its way.
func (s *Sheet) life(l *store.Life, p store.Product, today dutch.Date) {
	s.Headline = &Amount{text.New("Verzekerd bedrag", "Insured amount"), l.InsuredAmount}
	s.Facts = []Fact{
		{text.New("Premie", "Premium"), premium(l.Premium, l.PremiumPeriod)},
		{text.New("Begunstigde", "Beneficiary"), words.Record(l.Beneficiary)},
		{text.New("Loopt tot", "Runs until"), words.Date(l.Ends)},
	}
	if t := termOf(p.Since, l.Ends, today); t != nil {
		s.Parts = append(s.Parts, Part{Name: text.New("Looptijd", "Term"), Term: t})
	}
}

// termOf returns the term between two ISO dates; nil if there is none.
func termOf(from, until string, today dutch.Date) *Term {
	begin, errBegin := dutch.ParseDate(from)
	end, errEnd := dutch.ParseDate(until)
	if errBegin != nil || errEnd != nil || !begin.Before(end) {
		return nil
	}
	passed := min(max(days(begin, today)/days(begin, end), 0), 1)
	return &Term{words.Date(from), words.Date(until), Share{passed, text.New("voorbij", "over")}}
}

// days counts the days between two dates.
func days(from, until dutch.Date) float64 {
	const noon = 12 * dutch.Hour
	return until.At(noon).Sub(from.At(noon)).Hours() / 24
}

var nonlife = detailsOf(
	func(p store.Product) *store.Nonlife { return p.Nonlife },
	(*Sheet).nonlife,
	func(n *store.Nonlife) text.Text { return premium(n.Premium, n.PremiumPeriod) })

// nonlife tells what an insurance costs, what it covers and when it renews.
func (s *Sheet) nonlife(n *store.Nonlife, _ store.Product, _ dutch.Date) {
	s.Headline = &Amount{words.Spaced(text.New("Premie", "Premium"), period(n.PremiumPeriod)), n.Premium}
	insurance := Part{Name: text.New("Je verzekering", "Your insurance"), Facts: []Fact{
		{text.New("Verzekerd", "Insured"), words.Record(n.Insured)},
		{text.New("Dekking", "Cover"), words.Record(n.Cover)},
	}}
	if n.Deductible != 0 {
		insurance.Facts = append(insurance.Facts, Fact{text.New("Eigen risico", "Deductible"), words.Amount(n.Deductible)})
	}
	insurance.Facts = append(insurance.Facts, Fact{text.New("Wordt verlengd op", "Renews on"), words.Date(n.Renews)})
	s.Parts = []Part{insurance}
}
