package dutch

import (
	"regexp"
	"strings"
)

// Postcode is a Dutch postcode in its canonical form, "3511 AB".
type Postcode string

var postcodeForm = regexp.MustCompile(`^[1-9][0-9]{3}[A-Z]{2}$`)

// ParsePostcode reads "3511ab", " 3511 AB " or "3511-AB". It refuses what is not
// of the form, and the letters SA, SD and SS, which are not given out.
func ParsePostcode(s string) (Postcode, bool) {
	s = strings.ReplaceAll(compact(s), "-", "")
	if !postcodeForm.MatchString(s) {
		return "", false
	}
	digits, letters := s[:4], s[4:]
	switch letters {
	case "SA", "SD", "SS":
		return "", false
	}
	return Postcode(digits + " " + letters), true
}
