package dutch

import (
	"regexp"
	"strings"

	"loket/flows/text"
)

// Rate is a percentage in thousandths of a percent: 3450 is 3.45%. Its text form is "3.45".
type Rate int64

var rateForm = regexp.MustCompile(`^-?[0-9]+(?:\.[0-9]{1,3})?$`)

// ParseRate parses a rate in the import format: an optional minus sign, digits and optionally a dot with up to three decimals.
func ParseRate(s string) (Rate, bool) {
	if !rateForm.MatchString(s) {
		return 0, false
	}
	n, ok := parseScaled(s, 3)
	return Rate(n), ok
}

// String returns the rate in the import format, with two decimals, or with three if the third is not zero.
func (r Rate) String() string {
	sign, whole, decimals := r.parts()
	return sign + whole + "." + decimals
}

// Format returns the rate for customers, such as "3,45%" and "3.45%".
func (r Rate) Format() text.Text {
	sign, whole, decimals := r.parts()
	return text.New(sign+whole+","+decimals+"%", sign+whole+"."+decimals+"%")
}

func (r Rate) parts() (sign, whole, decimals string) {
	sign, whole, decimals = decimalParts(int64(r), 3)
	return sign, whole, decimals[:2] + strings.TrimSuffix(decimals[2:], "0")
}
