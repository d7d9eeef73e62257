package kinds

import "loket/flows/dutch"

// Amounts as lines have them: euros, "1234.56", and percentages, "3.45".

func formatEuros(cents int64) string { return dutch.Cents(cents).String() }

// formatOptionalEuros is nothing for an amount that may be left out and is zero.
func formatOptionalEuros(cents int64) string {
	if cents == 0 {
		return ""
	}
	return formatEuros(cents)
}

func formatPercent(rate int64) string { return dutch.Rate(rate).String() }
