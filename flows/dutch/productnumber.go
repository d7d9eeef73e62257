package dutch

import (
	"strings"
	"unicode/utf8"
)

// ProductNumber is the number of a loan, an account or a policy. A customer proves who they are
// by knowing it (F7), so that leading zeros, dots and dashes count.
type ProductNumber string

const longestProductNumber = 40 // characters

// stripIBANMarks takes out what people put between the groups of an IBAN, which has none itself.
var stripIBANMarks = strings.NewReplacer(".", "", "-", "", ",", "", ";", "")

// ParseProductNumber removes spaces and control characters, and returns letters as capitals and
// every dash as '-'. It refuses only an empty number, and one of more than 40 characters.
func ParseProductNumber(s string) (ProductNumber, bool) {
	s = upperNoSpaces(s)
	if iban, is := ParseIBAN(stripIBANMarks.Replace(s)); is && iban.IsDutch() {
		s = string(iban)
	}
	if s == "" || utf8.RuneCountInString(s) > longestProductNumber {
		return "", false
	}
	return ProductNumber(s), true
}
