package sheet

import (
	"time"

	"loket/flows"
	"loket/flows/dutch"
	"loket/store"
	"loket/ui/words"
)

// Kinds names the groups of an overview, and what the amounts in them are.
var Kinds = map[store.ProductKind]struct{ Name, Amount flows.Text }{
	store.KindSavings:    {flows.Either("Sparen", "Savings"), flows.Either("saldo", "balance")},
	store.KindMortgage:   {flows.Either("Hypotheek", "Mortgage"), flows.Either("nog af te lossen", "still to pay off")},
	store.KindLife:       {flows.Either("Levensverzekering", "Life insurance"), flows.Either("premie", "premium")},
	store.KindNonlife:    {flows.Either("Schadeverzekering", "Non-life insurance"), flows.Either("premie", "premium")},
	store.KindPension:    {flows.Either("Pensioen", "Pension"), flows.Either("opgebouwd", "built up")},
	store.KindInvestment: {flows.Either("Beleggen", "Investments"), flows.Either("waarde", "value")},
}

// What the overview says around the products.
var (
	Empty = flows.Either(
		"Er staan nog geen producten in je mijn.nn. Heb je een activatienummer? Voeg je product dan hier toe.",
		"There are no products in your mijn.nn yet. Do you have an activation number? Then add your product here.")
	Missing = flows.Either("Herken je een product niet, of mis je er een?", "Is a product unknown to you, or is one missing?")
	Getting = flows.Either("We halen je producten op…", "Getting your products…")
	Fails   = flows.Either(
		"We kunnen je producten nu niet laten zien. Probeer het zo nog eens.",
		"We cannot show your products now. Please try again in a moment.")
	Joint = flows.Either("samen", "joint") // of a product that others hold too
)

// Greeting greets a customer as people do at that hour.
func Greeting(name string, at time.Time) flows.Text {
	return words.Joined(greetingAt(at.In(dutch.Amsterdam).Hour()), flows.Both(", "), words.Record(name))
}

func greetingAt(hour int) flows.Text {
	switch {
	case hour < 6:
		return flows.Either("Hallo", "Hello")
	case hour < 12:
		return flows.Either("Goedemorgen", "Good morning")
	case hour < 18:
		return flows.Either("Goedemiddag", "Good afternoon")
	}
	return flows.Either("Goedenavond", "Good evening")
}

// Telling is the amount that tells most about a product, of the kind that Kinds
// names, or that there is none.
func Telling(h flows.Held) flows.Text {
	switch {
	case h.Savings != nil:
		return words.Amount(h.Savings.Balance)
	case h.Mortgage != nil && len(h.Mortgage.Parts) > 0:
		_, left := totals(h.Mortgage)
		return words.Amount(left)
	case h.Life != nil:
		return premium(h.Life.Premium, h.Life.PremiumPeriod)
	case h.Nonlife != nil:
		return premium(h.Nonlife.Premium, h.Nonlife.PremiumPeriod)
	case h.Capital != nil:
		return words.Amount(h.Capital.Value)
	}
	return flows.Either("geen gegevens", "no details")
}

// Tells tells whether Telling is an amount.
func Tells(h flows.Held) bool {
	return h.Detailed() && (h.Mortgage == nil || len(h.Mortgage.Parts) > 0)
}
