package sheet

import (
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

var (
	pensionDetails = capitalDetails(text.New("Opgebouwd", "Built up"), text.New(
		"Dit bedrag is wat er nu in je pensioen zit. Het is niet wat je later per maand krijgt.",
		"This amount is what is in your pension now. It is not what you will get each month later."))
	investmentDetails = capitalDetails(text.New("Waarde", "Value"), text.New(
		"Een belegging kan meer en minder waard worden. Dit is de waarde op deze ene dag.",
		"An investment can become worth more and less. This is its value on this one day."))
)

// capitalDetails returns the details of a pension or an investment: its value, with the given name, and a caution about the
// meaning of the value.
func capitalDetails(name, caution text.Text) productDetails {
	return detailsForType(
		func(p store.Product) *store.CapitalProduct { return p.Capital },
		func(s *Sheet, c *store.CapitalProduct, _ store.Product, _ dutch.Date) {
			label := name
			if day := words.FormatDate(c.AsOf); day != (text.Text{}) {
				label = words.JoinSpaced(label, text.New("op", "on"), day)
			}
			s.Headline, s.Caution = &Amount{label, c.Value}, caution
			if c.Contribution != 0 {
				s.Facts = []Fact{{text.New("Je legt in", "You pay in"), premiumText(c.Contribution, "month")}}
			}
		},
		func(c *store.CapitalProduct) text.Text { return words.FormatAmount(c.Value) })
}
