package dutch

import (
	"regexp"
	"strings"
)

// IBAN is an account number in the form of ISO 13616, in capitals without spaces.
// It has the form; only Valid tells whether such a number can have been issued.
type IBAN string

var ibanForm = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$`)

// ibanLength is the length of an IBAN in the countries of SEPA (SWIFT's IBAN registry).
var ibanLength = map[string]int{
	"AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18,
	"EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28,
	"IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31,
	"NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27,
	"VA": 22,
}

// ParseIBAN reads an IBAN however it is spaced. It looks at the form alone: two
// letters, two digits and 15 to 34 characters in all.
func ParseIBAN(s string) (IBAN, bool) {
	s = compact(s)
	if !ibanForm.MatchString(s) {
		return "", false
	}
	return IBAN(s), true
}

// Valid reports whether the length is that of the country and the check digits
// are right (ISO 7064, mod 97-10). It is for pointing something out, never for
// refusing: even the example that customers are shown, NL22NNBA0123456789, fails (F7).
func (i IBAN) Valid() bool {
	if !ibanForm.MatchString(string(i)) {
		return false
	}
	country, check, rest := string(i[:2]), string(i[2:4]), string(i[4:])
	if n, known := ibanLength[country]; known && n != len(i) {
		return false
	}
	return "02" <= check && check <= "98" && mod97(rest+country+check) == 1
}

// mod97 is the remainder of the number that s is with A for 10, B for 11, up to Z for 35.
func mod97(s string) int {
	remainder := 0
	for _, c := range []byte(s) {
		if isDigit(c) {
			remainder = (remainder*10 + int(c-'0')) % 97
		} else {
			remainder = (remainder*100 + int(c-'A') + 10) % 97
		}
	}
	return remainder
}

// Pretty gives the IBAN in groups of four: "NL91 ABNA 0417 1643 00".
func (i IBAN) Pretty() string { return strings.Join(split(string(i), 4), " ") }
