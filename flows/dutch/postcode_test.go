package dutch

import "testing"

func TestPostcode(t *testing.T) {
	checkReadings(t, asText(ParsePostcode), []reading{
		{"3511 AB", "3511 AB"},
		{"3511ab", "3511 AB"},
		{" 3511 AB ", "3511 AB"},
		{"3511-AB", "3511 AB"},
		{"3511–ab", "3511 AB"},
		{"3511\u00a0AB", "3511 AB"},
		{"3 5 1 1 a b", "3511 AB"},
		{"35\x0011AB", "3511 AB"},
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
	fuzzParser(f, asText(ParsePostcode), "3511ab", "3511-AB", "0511 SA", "3511 ıK")
}
