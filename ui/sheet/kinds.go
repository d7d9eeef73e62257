package sheet

import (
	"loket/flows"
	"loket/flows/text"
	"loket/store"
	"loket/ui/words"
)

// KindDescriptions has an entry for each of store.ProductKinds, as TestKinds checks.
var KindDescriptions = map[store.ProductKind]KindDescription{
	store.KindSavings:    {text.New("Sparen", "Savings"), text.New("saldo", "balance"), words.FormatAccountNumber, savingsDetails},
	store.KindMortgage:   {text.New("Hypotheek", "Mortgage"), text.New("nog af te lossen", "still to pay off"), words.CleanRecordText, mortgageDetails},
	store.KindLife:       {text.New("Levensverzekering", "Life insurance"), text.New("premie", "premium"), words.CleanRecordText, lifeDetails},
	store.KindNonlife:    {text.New("Schadeverzekering", "Non-life insurance"), text.New("premie", "premium"), words.CleanRecordText, nonlifeDetails},
	store.KindPension:    {text.New("Pensioen", "Pension"), text.New("opgebouwd", "built up"), words.CleanRecordText, pensionDetails},
	store.KindInvestment: {text.New("Beleggen", "Investments"), text.New("waarde", "value"), words.FormatAccountNumber, investmentDetails},
}

func findKindDescription(h flows.Holding) KindDescription {
	if k, known := KindDescriptions[h.Kind]; known {
		return k
	}
	return unknownKindDescription
}
