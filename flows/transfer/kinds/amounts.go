package kinds

import "loket/flows/dutch"

// Amounts in lines are in euros, such as "1234.56", and percentages are written like "3.45".

func formatEuros(cents int64) string { return dutch.Cents(cents).String() }

// formatOptionalEuros formats an amount that may be left out. It returns "" for zero.
func formatOptionalEuros(cents int64) string {
	if cents == 0 {
		return ""
	}
	return formatEuros(cents)
}

func formatPercent(rate int64) string { return dutch.Rate(rate).String() }
