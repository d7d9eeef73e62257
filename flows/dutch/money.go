package dutch

import "loket/flows/text"

// Cents is an amount in euro cents. Its text form is "1234.56".
type Cents int64

// EuroSign is the currency sign before an amount.
type EuroSign string

const (
	SignEuro EuroSign = "€"
	SignEUR  EuroSign = "EUR" // SignEUR is for fonts without the character €, as on the Linux console.
)

// ParseCents parses an amount in the import format: an optional minus sign, digits, a dot and exactly two decimals. The amount
// must fit into an int64.
func ParseCents(s string) (Cents, bool) {
	if countDecimals(s) != 2 {
		return 0, false
	}
	n, ok := parseScaledDecimal(s, 2)
	return Cents(n), ok
}

// String returns the amount in the import format, such as "1234.56".
func (c Cents) String() string {
	sign, euros, cents := splitDecimal(int64(c), 2)
	return sign + euros + "." + cents
}

// FormatAmount returns the amount for customers, such as "€ 1.234,56" and "€ 1,234.56". A negative amount looks like "€ -1.234,56".
func (c Cents) FormatAmount(s EuroSign) text.Text {
	minus, euros, cents := splitDecimal(int64(c), 2)
	before := string(s) + " " + minus
	return text.New(before+groupThousands(euros, ".")+","+cents, before+groupThousands(euros, ",")+"."+cents)
}
