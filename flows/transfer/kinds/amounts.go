package kinds

import "loket/flows/dutch"

// Amounts as lines have them: euros, "1234.56", and percentages, "3.45".

func euros(cents int64) string { return dutch.Cents(cents).String() }

// eurosIfAny is nothing for an amount that may be left out and is zero.
func eurosIfAny(cents int64) string {
	if cents == 0 {
		return ""
	}
	return euros(cents)
}

func percent(rate int64) string { return dutch.Rate(rate).String() }
