package dutch

import (
	"strings"
	"testing"
)

func TestProductNumber(t *testing.T) {
	checkReadings(t, asText(ParseProductNumber), []reading{
		{"123456789", "123456789"},
		{"000123456789", "000123456789"},
		{"nl22 nnba 0123 4567 89", "NL22NNBA0123456789"},
		{"NL22\u00a0NNBA\u202f0123456789", "NL22NNBA0123456789"},
		{" l12.345.678 ", "L12.345.678"},
		{"88-1234567", "88-1234567"},
		{"88–1234567", "88-1234567"},
		{"88−1234567", "88-1234567"},
		{"88\u20111234567\x1b\x00\u200b", "88-1234567"},
		{"polis 12/b", "POLIS12/B"},
		{"ë1", "Ë1"},
		{strings.Repeat("é", 40), strings.Repeat("É", 40)},
		{strings.Repeat("1", 41), ""},
		{" \t\u00a0\x00", ""},
		{"", ""},
	})
}

func FuzzProductNumber(f *testing.F) {
	fuzzParser(f, asText(ParseProductNumber), "123456789", "nl22 nnba 0123456789", "L12.345.678", "88–1234567", "ŉß\u0345")
}
