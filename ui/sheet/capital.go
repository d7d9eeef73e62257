package sheet

import (
	"loket/flows"
	"loket/store"
	"loket/ui/words"
)

// capital tells what a pension or an investment is worth, and what that is not.
func (s *Sheet) capital(c *store.Capital, kind store.ProductKind) {
	worth := flows.Either("Opgebouwd", "Built up")
	s.Caution = flows.Either(
		"Dit bedrag is wat er nu in je pensioen zit. Het is niet wat je later per maand krijgt.",
		"This amount is what is in your pension now. It is not what you will get each month later.")
	if kind == store.KindInvestment {
		worth = flows.Either("Waarde", "Value")
		s.Caution = flows.Either(
			"Een belegging kan meer en minder waard worden. Dit is de waarde op deze ene dag.",
			"An investment can become worth more and less. This is its value on this one day.")
	}
	if day := words.Date(c.AsOf); day != (flows.Text{}) {
		worth = words.Spaced(worth, flows.Either("op", "on"), day)
	}
	s.Headline = &Amount{worth, c.Value}
	if c.Contribution != 0 {
		s.Facts = []Fact{{flows.Either("Je legt in", "You pay in"), premium(c.Contribution, "month")}}
	}
}
