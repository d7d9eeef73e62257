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

var postcodeForm = regexp.MustCompile(`^[0-9]{4}[A-Z]{2}$`)

var (
	stripPostcodeMarks = strings.NewReplacer("-", "", ".", "", ",", "", ";", "", "_", "")

	beforePostcodePattern = regexp.MustCompile(`(?i)^nl[ -]+`) // beforePostcodePattern matches the country code in post from abroad.
	// afterPostcodePattern matches a postcode with a city after it.
	afterPostcodePattern = regexp.MustCompile(`(?i)^([0-9]{4}[ -]?[a-z]{2})[, ]+\pL.+$`)
)

// ParsePostcode parses a Dutch postcode such as "3511ab", " 3511 AB " or "3511-AB". The error is ErrNotAPostcode,
// ErrPostcodeZero or ErrPostcodeLetters.
func ParsePostcode(s string) (Postcode, error) {
	s = stripPostcodeMarks.Replace(upperNoSpaces(afterPostcodePattern.ReplaceAllString(beforePostcodePattern.ReplaceAllString(StripLabel(s), ""), "$1")))
	if !postcodeForm.MatchString(s) {
		return "", ErrNotAPostcode
	}
	digits, letters := s[:4], s[4:]
	if digits[0] == '0' {
		return "", ErrPostcodeZero
	}
	switch letters {
	case "SA", "SD", "SS":
		return "", ErrPostcodeLetters
	}
	return Postcode(digits + " " + letters), nil
}
