package dutch

import "loket/flows/text"

// Cents is an amount of euros in cents. As text it is "1234.56".
type Cents int64

// EuroSign is the currency sign before an amount.
type EuroSign string

const (
	SignEuro EuroSign = "€"
	SignEUR  EuroSign = "EUR" // where the font has no €, as on the Linux console
)

// ParseCents reads the form of the import: an optional minus, digits, a dot and
// exactly two decimals, within int64.
func ParseCents(s string) (Cents, bool) {
	if countDecimals(s) != 2 {
		return 0, false
	}
	n, ok := parseScaled(s, 2)
	return Cents(n), ok
}

// String returns the form of the import, "1234.56".
func (c Cents) String() string {
	sign, euros, cents := decimalParts(int64(c), 2)
	return sign + euros + "." + cents
}

// Format returns "€ 1.234,56" and "€ 1,234.56", and below zero "€ -1.234,56".
func (c Cents) Format(s EuroSign) text.Text {
	minus, euros, cents := decimalParts(int64(c), 2)
	before := string(s) + " " + minus
	return text.New(before+groupThousands(euros, ".")+","+cents, before+groupThousands(euros, ",")+"."+cents)
}
