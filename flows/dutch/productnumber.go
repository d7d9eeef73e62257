package dutch

import (
	"regexp"
	"unicode/utf8"
)

// ProductNumber is a loan number, an account number or a policy number, as a
// customer proves to know it (F7). Two are the same only if they are equal:
// leading zeros, dots and dashes count.
type ProductNumber string

const longestProductNumber = 40 // characters

// ParseProductNumber takes out spaces and control characters, makes capitals of
// letters and '-' of every dash. It refuses only nothing, and more than 40 characters.
func ParseProductNumber(s string) (ProductNumber, bool) {
	s = compact(s)
	if s == "" || utf8.RuneCountInString(s) > longestProductNumber {
		return "", false
	}
	return ProductNumber(s), true
}

// NumberKind is what a product number looks like.
type NumberKind int

const (
	PolicyNumber  NumberKind = iota // whatever is not one of the others
	LoanNumber                      // digits alone
	AccountNumber                   // an IBAN, right or wrong
)

var digitsOnly = regexp.MustCompile(`^[0-9]+$`)

// Kind guesses from the looks, for a hint to the customer and nothing else: a
// policy number may well be digits alone.
func (p ProductNumber) Kind() NumberKind {
	if _, ok := p.IBAN(); ok {
		return AccountNumber
	}
	if digitsOnly.MatchString(string(p)) {
		return LoanNumber
	}
	return PolicyNumber
}

// IBAN gives the product number as an IBAN, if it has the form of one.
func (p ProductNumber) IBAN() (IBAN, bool) { return ParseIBAN(string(p)) }
