package dutch

import (
	"strconv"
	"strings"
)

// parseScaled is the number that s writes with at most so many decimals, counted in the
// smallest of them: with three, 3.45 is 3450. It is false only for an overflow.
func parseScaled(s string, decimals int) (int64, bool) {
	whole, rest, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole+rest+strings.Repeat("0", decimals-len(rest)), 10, 64)
	if err != nil {
		return 0, false
	}
	return n, true
}

// decimalParts cuts n, which counts the smallest of so many decimals, into what
// stands before and after the dot.
func decimalParts(n int64, decimals int) (sign, whole, rest string) {
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

// groupThousands puts a mark before every three digits from the right.
func groupThousands(digits, mark string) string {
	return strings.Join(splitSizes(digits, (len(digits)-1)%3+1, 3), mark)
}
