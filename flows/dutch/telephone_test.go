package dutch

import "testing"

func TestPhone(t *testing.T) {
	checkReadings(t, asText(ParseTelephone), []reading{
		{"+31612345678", "+31612345678"},
		{"06-12345678", "+31612345678"},
		{"06 12 34 56 78", "+31612345678"},
		{"06.12.34.56.78", "+31612345678"},
		{"06–12345678", "+31612345678"},
		{"0031 6 12345678", "+31612345678"},
		{"+31 (0)6 1234 5678", "+31612345678"},
		{"0031(0)612345678", "+31612345678"},
		{"+31 06 12345678", "+31612345678"},
		{"(030) 123 45 67", "+31301234567"},
		{"(0)30 123 45 67", "+31301234567"},
		{"030/1234567", "+31301234567"},
		{"0313 12 34 56", "+31313123456"},
		{"088 663 06 63", "+31886630663"},
		{"0800-1234", "+318001234"},
		{"0900 123 45 67", "+319001234567"},
		{"+32 2 123 45 67", "+3221234567"},
		{"0049 (0)151 12345678", "+4915112345678"},
		{"+39 06 12345678", "+390612345678"},
		{"+1 (212) 555-0123", "+12125550123"},
		{"06 1234567", ""},
		{"06 123456789", ""},
		{"0800 12345", ""},
		{"612345678", "+31612345678"},
		{"31612345678", "+31612345678"},
		{"tel. 06-12345678", "+31612345678"},
		{"Tel: 06 12345678", "+31612345678"},
		{"mobiel 06 12 34 56 78", "+31612345678"},
		{"Telefoonnummer: 088 663 06 63", "+31886630663"},
		{"06 12 34 56 78 (thuis)", "+31612345678"},
		{"06 12 34 56 78 overdag", "+31612345678"},
		{"0 6, 1 2, 3 4, 5 6, 7 8", "+31612345678"},
		{"06_12345678", "+31612345678"},
		{"512345678", ""},
		{"+31 6 1234567", ""},
		{"+123456", ""},
		{"+1234567890123456", ""},
		{"+0612345678", ""},
		{"++31612345678", ""},
		{"06 1234567a", ""},
		{"bel me", ""},
		{"+", ""},
		{"", ""},
	})
}

func TestPhonePretty(t *testing.T) {
	for phone, want := range map[Telephone]string{
		"+31612345678":   "06 12 34 56 78",
		"+31886630663":   "088 663 06 63",
		"+31301234567":   "030 123 45 67",
		"+31707654321":   "070 765 43 21",
		"+31343123456":   "0343 12 34 56",
		"+318001234":     "0800 1234",
		"+319001234567":  "0900 123 45 67",
		"+4915112345678": "+4915112345678",
		"":               "",
	} {
		got := phone.Grouped()
		if got != want {
			t.Errorf("%s is %q, want %q", phone, got, want)
		}
		if again, ok := ParseTelephone(got); phone != "" && (again != phone || !ok) {
			t.Errorf("%q is read as %s, %t", got, again, ok)
		}
	}
}

// TestIsPersonal tests which numbers are refused for calling back, in every spelling.
func TestIsPersonal(t *testing.T) {
	for typed, want := range map[string]bool{
		"06 12345678": true, "020 123 45 67": true, "088 663 06 63": true, "+32 9 234 56 78": true, "+49 906 12345": true, "+43 1 12345678": true,
		"+886 2 12345678": true, "+852 1234 5678": true, "+880 2 1234567": true, "+1 212 555 0123": true,
		"0900 1234": false, "0900 123 45 67": false, "0906-1234": false, "0909 1234": false, "0800 1234": false, "0 9 0 0 1 2 3 4": false,
		"+31 900 1234": false, "+31 (0)906 1234": false, "0031 909 1234": false, "0031 (0) 800 1234": false, "０９００ １２３４": false, "09\u200b00\u00a01234": false,
		"+32 902 12 345": false, "+33 899 70 01 23": false, "+44 909 879 0000": false, "+49 900 1 123456": false, "+1 900 555 0123": false, "+979 1 2345 6789": false, "+881 6 1234 5678": false,
	} {
		p, ok := ParseTelephone(typed)
		if !ok || p.IsPersonal() != want {
			t.Errorf("%q is %q, %v, personal %v", typed, p, ok, p.IsPersonal())
		}
	}
}

func FuzzPhone(f *testing.F) {
	fuzzParser(f, asText(func(s string) (Telephone, bool) {
		p, ok := ParseTelephone(s)
		if again, okAgain := ParseTelephone(p.Grouped()); ok && (again != p || !okAgain) {
			return "", ok // ParseTelephone must also read the form that Grouped returns.
		}
		return p, ok
	}), "06-12345678", "+31 (0)30 1234567", "0031 88 6630663", "+3221234567", "08001234", "(0)(0)+310")
}

// TestReadPhone tests that a setting for a telephone number must be valid or empty.
func TestReadPhone(t *testing.T) {
	for text, want := range map[string]Telephone{"": "", " ": "", "088-1234567": "+31881234567", "0800 1234": "+318001234"} {
		got := Telephone("+31")
		if err := got.UnmarshalText([]byte(text)); err != nil || got != want {
			t.Errorf("%q: %q and %v, want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"call us", "0800 123", "088"} {
		got := Telephone("+31881234567")
		if err := got.UnmarshalText([]byte(text)); err == nil || got != "+31881234567" {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}
