package sheet

import (
	"time"

	"loket/flows"
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/words"
)

// The texts of the overview.
var (
	NoProductsText = text.New(
		"Er staan nog geen producten in je mijn.nn. Heb je een activatienummer? Voeg je product dan hier toe.",
		"There are no products in your mijn.nn yet. Do you have an activation number? Then add your product here.")
	MissingProductText = text.New("Herken je een product niet, of mis je er een?", "Is a product unknown to you, or is one missing?")
	FetchingText       = text.New("We halen je producten op…", "Getting your products…")
	FetchFailedText    = text.New(
		"We kunnen je producten nu niet laten zien. Probeer het zo nog eens.",
		"We cannot show your products now. Please try again in a moment.")
	JointText = text.New("samen", "joint") // JointText marks a product that other customers hold too.
)

// Greeting returns a greeting for the time of day, with the customer's name.
func Greeting(name string, at time.Time) text.Text {
	return words.Concat(greetingAt(at.In(dutch.AmsterdamZone).Hour()), words.CleanRecordText(name))
}

func greetingAt(hour int) text.Text {
	switch {
	case hour < 6:
		return text.New("Hallo ", "Hello ")
	case hour < 12:
		return text.New("Goedemorgen, ", "Good morning, ")
	case hour < 18:
		return text.New("Goedemiddag, ", "Good afternoon, ")
	}
	return text.New("Goedenavond, ", "Good evening, ")
}

// MainAmount returns the main amount of a product, or a text that says that it has no details or is closed. Kinds says what
// the amount is.
func MainAmount(h flows.Holding) text.Text {
	if h.IsClosed() {
		return text.New("gesloten", "closed")
	}
	if amount := findKindDescription(h).amountOf(h.Product); amount != (text.Text{}) {
		return amount
	}
	return text.New("geen gegevens", "no details")
}

// HasMainAmount reports whether a product has a main amount. A closed product has none.
func HasMainAmount(h flows.Holding) bool {
	return !h.IsClosed() && findKindDescription(h).amountOf(h.Product) != (text.Text{})
}
