package dutch

import (
	"strconv"
	"strings"
)

// countDecimals returns how many digits s has after the dot, and 0 without a dot. It returns -1
// for anything but an optional minus, digits and, after a dot, more digits.
func countDecimals(s string) int {
	whole, rest, dotted := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if !isDigits(whole) || dotted && !isDigits(rest) {
		return -1
	}
	return len(rest)
}

// isDigits reports whether s is one digit or more.
func isDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// parseScaledDecimal parses a decimal number as an integer in units of its last decimal: with three decimals, "3.45" becomes 3450. It
// returns false if the number overflows.
func parseScaledDecimal(s string, decimals int) (int64, bool) {
	whole, rest, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole+rest+strings.Repeat("0", decimals-len(rest)), 10, 64)
	if err != nil {
		return 0, false
	}
	return n, true
}

// splitDecimal splits n, an integer in units of the last decimal, into a sign and the digits
// before and after the dot.
func splitDecimal(n int64, decimals int) (sign, whole, rest string) {
	magnitude := uint64(n)
	if n < 0 {
		sign, magnitude = "-", -magnitude
	}
	digits := strconv.FormatUint(magnitude, 10)
	if short := decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	point := len(digits) - decimals
	return sign, digits[:point], digits[point:]
}

// groupThousands inserts mark between groups of three digits, counted from the right.
func groupThousands(digits, mark string) string {
	return strings.Join(splitIntoSizes(digits, (len(digits)-1)%3+1, 3), mark)
}
