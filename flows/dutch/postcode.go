package dutch

import (
	"errors"
	"regexp"
	"strings"
)

// Postcode is a Dutch postcode in its canonical form, such as "3511 AB".
type Postcode string

// Errors about postcodes.
var (
	ErrNotAPostcode    = errors.New("not four digits and two letters")
	ErrPostcodeZero    = errors.New("no postcode begins with a zero")
	ErrPostcodeLetters = errors.New("no postcode has the letters SA, SD or SS")
)

var (
	postcodeMarksReplacer = strings.NewReplacer("-", "", ".", "", ",", "", ";", "", "_", "")

	postcodePrefixPattern = regexp.MustCompile(`(?i)^nl[ -]+`) // postcodePrefixPattern matches the country code in post from abroad.
	// afterPostcodePattern matches a postcode with a city after it.
	afterPostcodePattern = regexp.MustCompile(`(?i)^([0-9]{4}[ -]?[a-z]{2})[, ]+\pL.+$`)
)

// ParsePostcode parses a Dutch postcode such as "3511ab", " 3511 AB " or "3511-AB". The error is ErrNotAPostcode,
// ErrPostcodeZero or ErrPostcodeLetters.
func ParsePostcode(s string) (Postcode, error) {
	if !hasPostcodeForm(s) {
		s = normalisePostcode(s)
	}
	if !hasPostcodeForm(s) {
		return "", ErrNotAPostcode
	}
	if s[0] == '0' {
		return "", ErrPostcodeZero
	}
	switch s[len("3511 "):] {
	case "SA", "SD", "SS":
		return "", ErrPostcodeLetters
	}
	return Postcode(s), nil
}

// hasPostcodeForm reports whether s is like "3511 AB".
func hasPostcodeForm(s string) bool {
	if len(s) != len("3511 AB") || s[4] != ' ' {
		return false
	}
	for i := range 4 {
		if !isDigit(s[i]) {
			return false
		}
	}
	return isCapital(s[5]) && isCapital(s[6])
}

func isCapital(b byte) bool { return 'A' <= b && b <= 'Z' }

// normalisePostcode returns a postcode as it is typed in the form of hasPostcodeForm. What is no
// postcode does not get that form.
func normalisePostcode(s string) string {
	s = afterPostcodePattern.ReplaceAllString(postcodePrefixPattern.ReplaceAllString(StripAnswerLabel(s), ""), "$1")
	s = postcodeMarksReplacer.Replace(upperNoSpaces(s))
	return s[:min(4, len(s))] + " " + s[min(4, len(s)):]
}
