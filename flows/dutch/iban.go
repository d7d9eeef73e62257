package dutch

import (
	"regexp"
	"strings"
)

// IBAN is an account number in the form of ISO 13616, in capitals without spaces. Its check digits may be wrong: even the
// example that customers see, NL22NNBA0123456789, has wrong check digits (F7).
type IBAN string

var ibanForm = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$`)

// ParseIBAN parses an IBAN with or without spaces. It checks only the form: two letters, two digits, and 15 to 34 characters
// in total.
func ParseIBAN(s string) (IBAN, bool) {
	s = upperNoSpaces(s)
	if !ibanForm.MatchString(s) {
		return "", false
	}
	return IBAN(s), true
}

// Grouped returns the IBAN in groups of four characters, such as "NL91 ABNA 0417 1643 00".
func (i IBAN) Grouped() string { return strings.Join(splitIntoSizes(string(i), 4), " ") }

// IsDutch reports whether the IBAN has the country code and the length of a Dutch account number.
func (i IBAN) IsDutch() bool {
	const length = 18
	return strings.HasPrefix(string(i), "NL") && len(i) == length
}

// HasValidCheckDigits reports whether the check digits are right (ISO 7064, mod 97-10).
func (i IBAN) HasValidCheckDigits() bool {
	rest := 0
	for _, r := range i[4:] + i[:4] {
		if r >= 'A' {
			rest = (rest*100 + int(r-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(r-'0')) % 97
		}
	}
	return rest == 1
}
