package dutch

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// Country is the ISO 3166-1 code of two letters for a foreign country. The empty Country is the Netherlands.
type Country string

// ParseCountry parses a country code of two letters in any case, such as "BE" or "be". It returns the empty Country for "NL".
func ParseCountry(s string) (Country, bool) {
	s = upperNoSpaces(s)
	if s == "NL" {
		return "", true
	}
	region, err := language.ParseRegion(s)
	c := Country(s)
	return c, err == nil && len(s) == 2 && region.IsCountry() && region.Canonicalize().String() == s && c.DutchName() != ""
}

// postalCountryNames has the names of countries for which the post uses another name than Unicode's CLDR.
var postalCountryNames = map[Country]string{"HK": "Hongkong", "MO": "Macau", "MK": "Noord-Macedonië"}

// DutchName returns the Dutch name of the country. It is empty for the Netherlands.
func (c Country) DutchName() string {
	if name, has := postalCountryNames[c]; has || c == "" {
		return name
	}
	region, err := language.ParseRegion(string(c))
	if err != nil {
		return ""
	}
	return display.Dutch.Regions().Name(region)
}

// AddressLine returns the last line of a foreign address: the name of the country in capitals, in the language of the country where
// the letter is posted (UPU S42, 6.2).
func (c Country) AddressLine() string { return strings.ToUpper(c.DutchName()) }

// countryPrefix matches a postcode that begins with a country code, such as D-10115.
var countryPrefix = regexp.MustCompile(`^[a-z]{1,3}-([0-9].*)$`)

// longestForeignPostcode is the largest number of letters and digits in a foreign postcode, or in a place name that replaces it.
const longestForeignPostcode = 60

// ParseForeignPostcode parses a postcode of any country but the Netherlands, such as "10115", "B-1000" or "SW1A 1AA". If the
// country has no postcodes, it accepts the name of a place, such as "Hong Kong". Case, accents and punctuation are ignored.
// The result never looks like a Dutch postcode, which contains a space.
func ParseForeignPostcode(s string) (postcode string, ok bool) {
	s = strings.ReplaceAll(strings.ToLower(norm.NFKC.String(TidyTypedText(s))), "ß", "ss")
	if m := countryPrefix.FindStringSubmatch(strings.ReplaceAll(s, " ", "")); m != nil {
		s = m[1]
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFD.String(s))
	return s, s != "" && len([]rune(s)) <= longestForeignPostcode
}
