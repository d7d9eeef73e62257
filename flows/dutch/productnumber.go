package dutch

import "unicode/utf8"

// ProductNumber is the number of a loan, an account or a policy. Leading zeros, dots and dashes are significant, because
// customers prove their identity by knowing the exact number (F7).
type ProductNumber string

const longestProductNumber = 40 // longestProductNumber is the largest number of characters in a product number.

// ParseProductNumber removes spaces and control characters, converts letters to capitals, and converts every dash to '-'. It
// rejects only an empty number and a number of more than 40 characters.
func ParseProductNumber(s string) (ProductNumber, bool) {
	s = upperNoSpaces(s)
	if iban, is := ParseIBAN(ibanMarksReplacer.Replace(s)); is && iban.IsDutch() {
		s = string(iban)
	}
	if s == "" || utf8.RuneCountInString(s) > longestProductNumber {
		return "", false
	}
	return ProductNumber(s), true
}
