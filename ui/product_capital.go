package ui

import (
	"slices"
	"strings"

	"loket/store"
)

// capital draws what a pension or an investment is worth, and what that is not.
func (f frame) capital(c *store.Capital, kind store.ProductKind) []string {
	worth := either("Opgebouwd ", "Built up ")
	caution := either(
		"Dit bedrag is wat er nu in je pensioen zit. Het is niet wat je later per maand krijgt.",
		"This amount is what is in your pension now. It is not what you will get each month later.")
	if kind == store.KindInvestment {
		worth = either("Waarde ", "Value ")
		caution = either(
			"Een belegging kan meer en minder waard worden. Dit is de waarde op deze ene dag.",
			"An investment can become worth more and less. This is its value on this one day.")
	}
	what := strings.TrimSpace(f.say(worth))
	if day := f.date(c.AsOf); day != "" {
		what = f.say(worth) + f.say(either("op ", "on ")) + day
	}
	contribution := ""
	if c.Contribution != 0 {
		contribution = f.premium(c.Contribution, "month")
	}
	lines := f.headed(what, c.Value, fact{either("Je legt in", "You pay in"), contribution})
	return slices.Concat(lines, []string{""}, styled(f.Theme.Muted, f.wrap(f.say(caution), f.Width)))
}
