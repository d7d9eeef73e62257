package dutch

import "unicode/utf8"

// ProductNumber is a loan number, an account number or a policy number, as a
// customer proves to know it (F7). Two are the same only if they are equal:
// leading zeros, dots and dashes count.
type ProductNumber string

const longestProductNumber = 40 // characters

// ParseProductNumber takes out spaces and control characters, makes capitals of
// letters and '-' of every dash. It refuses only nothing, and more than 40 characters.
func ParseProductNumber(s string) (ProductNumber, bool) {
	s = upperNoSpaces(s)
	if s == "" || utf8.RuneCountInString(s) > longestProductNumber {
		return "", false
	}
	return ProductNumber(s), true
}
