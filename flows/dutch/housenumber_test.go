package dutch

import "testing"

func TestHouseNumber(t *testing.T) {
	checkReadings(t, ParseHouseNumber, []reading{
		{"12", "12"},
		{" 12 ", "12"},
		{"012", "12"},
		{"12a", "12A"},
		{"12 A", "12A"},
		{"12-A", "12A"},
		{"12 – a", "12A"},
		{"12/a", "12A"},
		{"12 bis", "12 bis"},
		{"12BIS", "12 bis"},
		{"12 Bis A", "12 bis A"},
		{"12-bis-a", "12 bis A"},
		{"12 hs", "12 hs"},
		{"12-III", "12 III"},
		{"12-2", "12-2"},
		{"12 2", "12-2"},
		{"12-2-3", "12-2-3"},
		{"12-2a", "12-2A"},
		{"12a-2", "12A2"},
		{"12 A 2", "12A2"},
		{"12-", "12"},
		{"1", "1"},
		{"99999", "99999"},
		{"0", ""},
		{"100000", ""},
		{"12345678901234567890", ""},
		{"-12", ""},
		{"A12", ""},
		{"bis", ""},
		{"12 achterhuis", "12 achterhuis"},
		{"12 Achterhuis links", "12 achterhuis links"},
		{"12 appartement 3", "12 appartement 3"},
		{"12 (achter)", "12 achter"},
		{"12 2e verdieping", "12-2E verdieping"},
		{"12½", "12½"},
		{"12#3", "12-3"},
		{"12 #3", "12-3"},
		{"12 tegenover", "12 tegenover"},
		{"12 t.o.", "12T O"},
		{"12 XVIII", "12 XVIII"},
		{"12e\u0301", "12É"},
		{"１２－ａ", "12A"},
		{"12 *", "12"},
		{"12 de derde deur links naast de fietsenstalling", "12"},
		{"", ""},
	})
}

func TestAddition(t *testing.T) {
	for typed, want := range map[string]string{"": "", " ": "", "a": "A", "-A": "A", "Bis": "bis", "-2": "2", "2 3": "2-3", "a-2": "A2", "Achterhuis": "achterhuis", "½": "½", "e\u0301": "É"} {
		if got, ok := ParseAddition(typed); got != want || !ok {
			t.Errorf("%q is %q, %t, want %q", typed, got, ok, want)
		}
	}
	for _, bad := range []string{"A*", "\U0001f3e0", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDE"} {
		if got, ok := ParseAddition(bad); ok {
			t.Errorf("%q is %q", bad, got)
		}
	}
}

func FuzzHouseNumber(f *testing.F) {
	fuzzParser(f, ParseHouseNumber, "12", "12-A", "12 bis", "12 bis a 2", "12-2-3", "007/b", "99999.x", "12 achterhuis", "12½", "12 2e verdieping")
}
