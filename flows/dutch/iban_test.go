package dutch

import "testing"

func TestIBAN(t *testing.T) {
	checkReadings(t, asText(ParseIBAN), []reading{
		{"NL91ABNA0417164300", "NL91ABNA0417164300"},
		{"nl91 abna 0417 1643 00", "NL91ABNA0417164300"},
		{"NL22\u00a0NNBA\t0123456789\r\n", "NL22NNBA0123456789"},
		{"NO9386011117947", "NO9386011117947"},
		{"MT84MALT011000012345MTLCAST001S", "MT84MALT011000012345MTLCAST001S"},
		{"NL91ABNA041716430", "NL91ABNA041716430"}, // This number is too short for a Dutch IBAN, but its form is valid.
		{"NL91-ABNA-0417", ""},
		{"NL91ABNA041716", ""},
		{"N191ABNA0417164300", ""},
		{"123456789", ""},
		{"L12.345.678", ""},
		{"NL91ABNA0417164300NL91ABNA041716430", ""},
		{"", ""},
	})
}

func TestIBANPretty(t *testing.T) {
	for iban, want := range map[IBAN]string{
		"NL91ABNA0417164300": "NL91 ABNA 0417 1643 00",
		"BE68539007547034":   "BE68 5390 0754 7034",
		"":                   "",
	} {
		if got := iban.Grouped(); got != want {
			t.Errorf("%s is %q, want %q", iban, got, want)
		}
	}
}

func FuzzIBAN(f *testing.F) {
	fuzzParser(f, asText(ParseIBAN), "NL91ABNA0417164300", "nl22 nnba 0123 4567 89", "FR1420041010050500013M02606")
}
