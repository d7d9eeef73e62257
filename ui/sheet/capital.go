package sheet

import (
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

// capital tells what a pension or an investment is worth, and what that is not.
func (s *Sheet) capital(c *store.Capital, kind store.ProductKind) {
	worth := text.New("Opgebouwd", "Built up")
	s.Caution = text.New(
		"Dit bedrag is wat er nu in je pensioen zit. Het is niet wat je later per maand krijgt.",
		"This amount is what is in your pension now. It is not what you will get each month later.")
	if kind == store.KindInvestment {
		worth = text.New("Waarde", "Value")
		s.Caution = text.New(
			"Een belegging kan meer en minder waard worden. Dit is de waarde op deze ene dag.",
			"An investment can become worth more and less. This is its value on this one day.")
	}
	if day := words.Date(c.AsOf); day != (text.Text{}) {
		worth = words.Spaced(worth, text.New("op", "on"), day)
	}
	s.Headline = &Amount{worth, c.Value}
	if c.Contribution != 0 {
		s.Facts = []Fact{{text.New("Je legt in", "You pay in"), premium(c.Contribution, "month")}}
	}
}
