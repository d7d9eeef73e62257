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

func TestProductNumberKind(t *testing.T) {
	for number, want := range map[ProductNumber]NumberKind{
		"123456789":          LoanNumber,
		"0":                  LoanNumber,
		"NL22NNBA0123456789": AccountNumber,
		"NL91ABNA0417164300": AccountNumber,
		"NL22NNBA":           PolicyNumber,
		"L12.345.678":        PolicyNumber,
		"88-1234567":         PolicyNumber,
	} {
		if got := number.Kind(); got != want {
			t.Errorf("%s is of kind %d, want %d", number, got, want)
		}
	}
}

// TestExampleIsOnlyPointedOut holds the note under the requirements: the example
// of F7 fails the check, and is a product number all the same.
func TestExampleIsOnlyPointedOut(t *testing.T) {
	number, ok := ParseProductNumber("NL22 NNBA 0123 4567 89")
	if !ok || number.Kind() != AccountNumber {
		t.Fatalf("%s, %t, is of kind %d", number, ok, number.Kind())
	}
	if iban, ok := number.IBAN(); !ok || iban.Valid() {
		t.Errorf("%s is an IBAN: %t, valid: %t", iban, ok, iban.Valid())
	}
}

func FuzzProductNumber(f *testing.F) {
	fuzzParser(f, asText(ParseProductNumber), "123456789", "nl22 nnba 0123456789", "L12.345.678", "88–1234567", "ŉß\u0345")
}
