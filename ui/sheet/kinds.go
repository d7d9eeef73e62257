package sheet

import (
	"loket/flows"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

// Kinds has an entry for each of store.ProductKinds, as TestKinds checks.
var Kinds = map[store.ProductKind]Kind{
	store.KindSavings:    {text.New("Sparen", "Savings"), text.New("saldo", "balance"), words.FormatAccountNumber, savingsDetails},
	store.KindMortgage:   {text.New("Hypotheek", "Mortgage"), text.New("nog af te lossen", "still to pay off"), words.CleanRecord, mortgageDetails},
	store.KindLife:       {text.New("Levensverzekering", "Life insurance"), text.New("premie", "premium"), words.CleanRecord, lifeDetails},
	store.KindNonlife:    {text.New("Schadeverzekering", "Non-life insurance"), text.New("premie", "premium"), words.CleanRecord, nonlifeDetails},
	store.KindPension:    {text.New("Pensioen", "Pension"), text.New("opgebouwd", "built up"), words.CleanRecord, pensionDetails},
	store.KindInvestment: {text.New("Beleggen", "Investments"), text.New("waarde", "value"), words.FormatAccountNumber, investmentDetails},
}

func findKind(h flows.Holding) Kind {
	if k, known := Kinds[h.Kind]; known {
		return k
	}
	return unknownKind
}
