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
	store.KindSavings:    {words.Either("Sparen", "Savings"), words.Either("saldo", "balance")},
	store.KindMortgage:   {words.Either("Hypotheek", "Mortgage"), words.Either("nog af te lossen", "still to pay off")},
	store.KindLife:       {words.Either("Levensverzekering", "Life insurance"), words.Either("premie", "premium")},
	store.KindNonlife:    {words.Either("Schadeverzekering", "Non-life insurance"), words.Either("premie", "premium")},
	store.KindPension:    {words.Either("Pensioen", "Pension"), words.Either("opgebouwd", "built up")},
	store.KindInvestment: {words.Either("Beleggen", "Investments"), words.Either("waarde", "value")},
}

// What the overview says around the products.
var (
	Empty = words.Either(
		"Er staan nog geen producten in je mijn.nn. Heb je een activatienummer? Voeg je product dan hier toe.",
		"There are no products in your mijn.nn yet. Do you have an activation number? Then add your product here.")
	Missing = words.Either("Herken je een product niet, of mis je er een?", "Is a product unknown to you, or is one missing?")
	Getting = words.Either("We halen je producten op…", "Getting your products…")
	Fails   = words.Either(
		"We kunnen je producten nu niet laten zien. Probeer het zo nog eens.",
		"We cannot show your products now. Please try again in a moment.")
	Joint = words.Either("samen", "joint") // of a product that others hold too
)

// Greeting greets a customer as people do at that hour.
func Greeting(name string, at time.Time) flows.Text {
	return words.Joined(greetingAt(at.In(dutch.Amsterdam).Hour()), words.Either(", ", ", "), words.Record(name))
}

func greetingAt(hour int) flows.Text {
	switch {
	case hour < 6:
		return words.Either("Goedenacht", "Hello")
	case hour < 12:
		return words.Either("Goedemorgen", "Good morning")
	case hour < 18:
		return words.Either("Goedemiddag", "Good afternoon")
	}
	return words.Either("Goedenavond", "Good evening")
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
	return words.Either("geen gegevens", "no details")
}

// Tells tells whether Telling is an amount.
func Tells(h flows.Held) bool {
	return h.Detailed() && (h.Mortgage == nil || len(h.Mortgage.Parts) > 0)
}
