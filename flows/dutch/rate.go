package dutch

import (
	"strings"

	"loket/flows/text"
)

// Rate is a percentage in thousandths of a percent: 3450 is 3.45%. Its text form is "3.45".
type Rate int64

// ParseRate parses a rate in the import format: an optional minus sign, digits and optionally a dot with up to three decimals.
func ParseRate(s string) (Rate, bool) {
	if n := countDecimals(s); n < 0 || n > 3 {
		return 0, false
	}
	n, ok := parseScaledDecimal(s, 3)
	return Rate(n), ok
}

// String returns the rate in the import format, with two decimals, or with three if the third is not zero.
func (r Rate) String() string {
	sign, whole, decimals := r.displayParts()
	return sign + whole + "." + decimals
}

// FormatPercentage returns the rate for customers, such as "3,45%" and "3.45%".
func (r Rate) FormatPercentage() text.Text {
	sign, whole, decimals := r.displayParts()
	return text.New(sign+whole+","+decimals+"%", sign+whole+"."+decimals+"%")
}

func (r Rate) displayParts() (sign, whole, decimals string) {
	sign, whole, decimals = splitDecimal(int64(r), 3)
	return sign, whole, decimals[:2] + strings.TrimSuffix(decimals[2:], "0")
}
