package dutch

import "testing"

func TestCountry(t *testing.T) {
	for code, want := range map[string]string{
		"BE": "BELGIË", "de": "DUITSLAND", "GB": "VERENIGD KONINKRIJK", "US": "VERENIGDE STATEN", "CW": "CURAÇAO", "BQ": "CARIBISCH NEDERLAND",
		"HK": "HONGKONG", "MK": "NOORD-MACEDONIË", "XK": "KOSOVO", "CI": "IVOORKUST", "NL": "", " nl ": "",
	} {
		if c, ok := ParseCountry(code); !ok || c.AddressLine() != want {
			t.Errorf("%s is %q, %s, %v", code, c, c.AddressLine(), ok)
		}
	}
	for _, code := range []string{"", "B", "BEL", "DEU", "276", "ZZ", "EU", "UK", "AN", "EL", "AA", "België", "N L X", "<>"} {
		if c, ok := ParseCountry(code); ok {
			t.Errorf("%q is %q", code, c)
		}
	}
}

func TestForeignPostcode(t *testing.T) {
	for want, all := range map[string][]string{
		"1000":      {"1000", "B-1000", "b - 1000", "BE-1000", " 1000 ", "１０００"},
		"10115":     {"10115", "D-10115", "DE-10115"},
		"sw1a1aa":   {"SW1A 1AA", "sw1a1aa", "SW1A-1AA"},
		"zurich":    {"Zürich", "ZU\u0308RICH", "zurich"},
		"strasse":   {"Straße", "STRASSE"},
		"hongkong":  {"Hong Kong", "Hongkong"},
		"1234ab":    {"1234 AB"},
		"ad500":     {"AD500"},
		"3511abext": {"3511 ab ext"},
	} {
		for _, typed := range all {
			if got, ok := ParseForeignPostcode(typed); !ok || got != want {
				t.Errorf("%q is %q, %v", typed, got, ok)
			}
			if _, err := ParsePostcode(want); err == nil && want != "1234ab" {
				t.Errorf("%s is a Dutch postcode", want)
			}
		}
	}
	for _, typed := range []string{"", " ", "-", "…", "\u0301"} {
		if got, ok := ParseForeignPostcode(typed); ok {
			t.Errorf("%q is %q", typed, got)
		}
	}
}

func FuzzForeignPostcode(f *testing.F) {
	fuzzParser(f, func(s string) (foreign, bool) {
		postcode, ok := ParseForeignPostcode(s)
		return foreign(postcode), ok
	}, "10115", "B-1000", "SW1A 1AA", "Zürich", "Straße")
}

type foreign string

func (p foreign) String() string { return string(p) }
