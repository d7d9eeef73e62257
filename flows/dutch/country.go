package dutch

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"
)

// Country is a country other than the Netherlands, as ISO 3166-1 has it in two letters. The
// empty one is the Netherlands.
type Country string

// ParseCountry reads a code of two letters: "BE", "be". "NL" is the empty Country.
func ParseCountry(s string) (Country, bool) {
	s = upperNoSpaces(s)
	if s == "NL" {
		return "", true
	}
	region, err := language.ParseRegion(s)
	c := Country(s)
	return c, err == nil && len(s) == 2 && region.IsCountry() && region.Canonicalize().String() == s && c.Name() != ""
}

// shortNames are the names of countries that the post calls otherwise than CLDR does.
var shortNames = map[Country]string{"HK": "Hongkong", "MO": "Macau", "MK": "Noord-Macedonië"}

// Name returns the name in Dutch. It is empty for the Netherlands.
func (c Country) Name() string {
	if name, has := shortNames[c]; has || c == "" {
		return name
	}
	region, err := language.ParseRegion(string(c))
	if err != nil {
		return ""
	}
	return display.Dutch.Regions().Name(region)
}

// Line returns the last line of an address abroad: the name in capitals, in the language of the
// country where the letter is posted (UPU S42, 6.2).
func (c Country) Line() string { return strings.ToUpper(c.Name()) }

var countryPrefix = regexp.MustCompile(`^[a-z]{1,3}-([0-9].*)$`) // of a postcode: D-10115

// longestForeign is how many letters and digits a postcode of another country has at most, or the
// name of a place.
const longestForeign = 60

// ParseForeignPostcode reads a postcode of any other country, or the name of a place where there
// are none: "10115", "B-1000" and "1000", "SW1A 1AA", "Hong Kong". Case, accents, and what is no
// letter or digit do not count. What it returns is no Dutch postcode, which has a space.
func ParseForeignPostcode(s string) (postcode string, ok bool) {
	s = strings.ReplaceAll(strings.ToLower(norm.NFKC.String(Tidy(s))), "ß", "ss")
	if m := countryPrefix.FindStringSubmatch(strings.ReplaceAll(s, " ", "")); m != nil {
		s = m[1]
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFD.String(s))
	return s, s != "" && len([]rune(s)) <= longestForeign
}
