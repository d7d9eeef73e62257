package dutch

import "strings"

// IBAN is an account number in the form of ISO 13616, in capitals without spaces. Its check
// digits may be wrong: even those of the example that customers see, NL22NNBA0123456789, are
// (F7).
type IBAN string

// ParseIBAN reads an IBAN, whatever its spaces. It checks the form alone: two letters, two
// digits, and 15 to 34 characters in all.
func ParseIBAN(s string) (IBAN, bool) {
	s = upperNoSpaces(s)
	if !hasIBANForm(s) {
		return "", false
	}
	return IBAN(s), true
}

// hasIBANForm reports whether s is two letters, two digits, and 11 to 30 letters or digits, in
// capitals.
func hasIBANForm(s string) bool {
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	for i := range len(s) {
		letter, digit := isCapital(s[i]), isDigit(s[i])
		if i < 2 && !letter || 2 <= i && i < 4 && !digit || !letter && !digit {
			return false
		}
	}
	return true
}

// Grouped returns the IBAN in groups of four: "NL91 ABNA 0417 1643 00".
func (i IBAN) Grouped() string { return strings.Join(splitIntoSizes(string(i), 4), " ") }

// IsDutch reports whether it has the country code and the length of a Dutch account number.
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
