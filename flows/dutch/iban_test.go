package dutch

import (
	"fmt"
	"testing"
)

func TestIBAN(t *testing.T) {
	checkReadings(t, asText(ParseIBAN), []reading{
		{"NL91ABNA0417164300", "NL91ABNA0417164300"},
		{"nl91 abna 0417 1643 00", "NL91ABNA0417164300"},
		{"NL22\u00a0NNBA\t0123456789\r\n", "NL22NNBA0123456789"},
		{"NO9386011117947", "NO9386011117947"},
		{"MT84MALT011000012345MTLCAST001S", "MT84MALT011000012345MTLCAST001S"},
		{"NL91ABNA041716430", "NL91ABNA041716430"}, // too short for NL: the form holds, Valid does not
		{"NL91-ABNA-0417", ""},
		{"NL91ABNA041716", ""},
		{"N191ABNA0417164300", ""},
		{"123456789", ""},
		{"L12.345.678", ""},
		{"NL91ABNA0417164300NL91ABNA041716430", ""},
		{"", ""},
	})
}

func TestIBANValid(t *testing.T) {
	for iban, want := range map[IBAN]bool{
		"NL91ABNA0417164300":              true,
		"BE68539007547034":                true,
		"DE89370400440532013000":          true,
		"FR1420041010050500013M02606":     true,
		"GB82WEST12345698765432":          true,
		"MT84MALT011000012345MTLCAST001S": true,
		"NO9386011117947":                 true,
		"BR1800360305000010009795493C1":   true,  // a country whose length is not in the table
		"NL22NNBA0123456789":              false, // the example of F7
		"NL91ABNA0417164301":              false,
		"NL91ABNA0471164300":              false, // two digits swapped
		"NL91ABNA041716430":               false,
		"nl91abna0417164300":              false,
		"":                                false,
	} {
		if got := iban.Valid(); got != want {
			t.Errorf("%s is valid: %t", iban, got)
		}
	}
}

// TestIBANBeyondMod97 takes numbers that pass the mod-97 check and yet cannot have
// been issued: check digits that are never computed, or not the length of the country.
func TestIBANBeyondMod97(t *testing.T) {
	for _, c := range []struct{ check, digits string }{
		{"00", "%010d"}, {"01", "%010d"}, {"99", "%010d"}, {"38", "%09d"}, {"38", "%011d"},
	} {
		passed := 0
		for n := range 1000 {
			rest := "ABNA" + fmt.Sprintf(c.digits, n)
			if mod97(rest+"NL"+c.check) != 1 {
				continue
			}
			passed++
			if i := IBAN("NL" + c.check + rest); i.Valid() {
				t.Errorf("%s is valid", i)
			}
		}
		if passed == 0 {
			t.Errorf("nothing tried with %s and %s", c.check, c.digits)
		}
	}
}

func TestIBANPretty(t *testing.T) {
	for iban, want := range map[IBAN]string{
		"NL91ABNA0417164300": "NL91 ABNA 0417 1643 00",
		"BE68539007547034":   "BE68 5390 0754 7034",
		"":                   "",
	} {
		if got := iban.Pretty(); got != want {
			t.Errorf("%s is %q, want %q", iban, got, want)
		}
	}
}

func FuzzIBAN(f *testing.F) {
	fuzzParser(f, asText(func(s string) (IBAN, bool) {
		i, ok := ParseIBAN(s)
		i.Valid() // must not panic on anything
		IBAN(s).Valid()
		return i, ok
	}), "NL91ABNA0417164300", "nl22 nnba 0123 4567 89", "FR1420041010050500013M02606")
}
