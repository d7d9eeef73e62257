package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

var (
	pension = capital(text.New("Opgebouwd", "Built up"), text.New(
		"Dit bedrag is wat er nu in je pensioen zit. Het is niet wat je later per maand krijgt.",
		"This amount is what is in your pension now. It is not what you will get each month later."))
	investment = capital(text.New("Waarde", "Value"), text.New(
		"Een belegging kan meer en minder waard worden. Dit is de waarde op deze ene dag.",
		"An investment can become worth more and less. This is its value on this one day."))
)

// capital tells what a pension or an investment is worth, under a name, and what
// that is not.
func capital(name, caution text.Text) details {
	return detailsOf(
		func(p store.Product) *store.Capital { return p.Capital },
		func(s *Sheet, c *store.Capital, _ store.Product, _ dutch.Date) {
			worth := name
			if day := words.Date(c.AsOf); day != (text.Text{}) {
				worth = words.Spaced(worth, text.New("op", "on"), day)
			}
			s.Headline, s.Caution = &Amount{worth, c.Value}, caution
			if c.Contribution != 0 {
				s.Facts = []Fact{{text.New("Je legt in", "You pay in"), premium(c.Contribution, "month")}}
			}
		},
		func(c *store.Capital) text.Text { return words.Amount(c.Value) })
}
