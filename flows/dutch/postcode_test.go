package dutch

import "testing"

// readPostcode adapts ParsePostcode to tests that ignore the error.
func readPostcode(s string) (Postcode, bool) {
	p, err := ParsePostcode(s)
	return p, err == nil
}

// TestBadPostcode tests the errors of ParsePostcode. A text with the form of a postcode gives a different error than other
// text.
func TestBadPostcode(t *testing.T) {
	for typed, want := range map[string]error{
		"1234 SS": ErrPostcodeLetters, "1234sa": ErrPostcodeLetters, "１２３４ ＳＤ": ErrPostcodeLetters,
		"0123 AB": ErrPostcodeZero, "0123 SS": ErrPostcodeZero, "1234": ErrNotAPostcode, "1234 S": ErrNotAPostcode, "": ErrNotAPostcode,
	} {
		if p, err := ParsePostcode(typed); p != "" || err != want {
			t.Errorf("%q is %q, %v, want %v", typed, p, err, want)
		}
	}
}

func TestPostcode(t *testing.T) {
	checkReadings(t, asText(readPostcode), []reading{
		{"3511 AB", "3511 AB"},
		{"3511ab", "3511 AB"},
		{"3511 AB Utrecht", "3511 AB"},
		{"3511AB, 's-Hertogenbosch", ""},
		{"NL-3511 AB", "3511 AB"},
		{"nl 3511ab", "3511 AB"},
		{"3511.AB", "3511 AB"},
		{"Postcode: 3511 AB", "3511 AB"},
		{"postcode 3511ab", "3511 AB"},
		{"3 5 1 1; A, B", "3511 AB"},
		{"3511 ABC", ""},
		{" 3511 AB ", "3511 AB"},
		{"3511-AB", "3511 AB"},
		{"3511–ab", "3511 AB"},
		{"3511\u00a0AB", "3511 AB"},
		{"3 5 1 1 a b", "3511 AB"},
		{"35\x0011AB", "3511 AB"},
		{"３５１１　ａｂ", "3511 AB"},
		{"35\u200b11\ufe0f AB", "3511 AB"},
		{"1000AA", "1000 AA"},
		{"9999 XX", "9999 XX"},
		{"1234 SB", "1234 SB"},
		{"1234 AS", "1234 AS"},
		{"0511 AB", ""},
		{"3511 SA", ""},
		{"3511sd", ""},
		{"3511 SS", ""},
		{"3511", ""},
		{"3511 A", ""},
		{"3511 ABC", ""},
		{"35111 AB", ""},
		{"AB 3511", ""},
		{"3511 ÄB", ""},
		{"٣٥١١ AB", ""},
		{"", ""},
	})
}

func FuzzPostcode(f *testing.F) {
	fuzzParser(f, asText(readPostcode), "3511ab", "3511-AB", "0511 SA", "3511 ıK")
}
