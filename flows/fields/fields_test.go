package fields

import (
	"strings"
	"testing"
	"time"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/fieldtest"
	"loket/flows/flow"
)

// allFields returns the fields of this package.
func allFields() []fieldtest.FuzzedField {
	var digits, birth, code, product, foreign string
	var house int
	visit := &flow.Visit{Desk: &desk.Desk{Clock: clock.NewFromFuncs(func() time.Time { return time.Date(2027, 1, 4, 9, 15, 0, 0, time.UTC) }, nil)}}
	kept := func(v *string) func() string { return func() string { return *v } }
	return []fieldtest.FuzzedField{
		{Field: ActivationNumberField(&digits), KeptValue: kept(&digits), KeptPattern: `^[0-9]{12}$`},
		{Field: BirthDateField(visit, &birth), KeptValue: kept(&birth), KeptPattern: `^(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]$`},
		{Field: PostcodeField(&code), KeptValue: kept(&code), KeptPattern: `^[1-9][0-9]{3} [A-Z]{2}$`},
		{Field: ForeignPostcodeField(&foreign), KeptValue: kept(&foreign), KeptPattern: `^[\p{L}\p{N}]{1,60}$`},
		{Field: HouseNumberField(&house), KeptValue: func() string { return dutch.HouseNumber{Number: house}.String() }, KeptPattern: `^[1-9][0-9]{0,4}$`},
		{Field: ProductNumberField(&product), KeptValue: kept(&product), KeptPattern: `^[^\s]{1,40}$`},
	}
}

// TestFields tests which spellings of an answer each field accepts or rejects.
func TestFields(t *testing.T) {
	for name, test := range map[string]struct {
		want    string
		same    []string
		refused []string
	}{
		"number":           {"481600000001", []string{"481600000001", "4816 0000 0001", "4816-0000-0001", "4816.0000.0001", " 48160000 0001 ", "4816–0000–0001", "4816—0000—0001", "4816‑0000−0001", "４８１６０００００００１", "4816\u00a00000\u202f0001", "4816\u200b00\ufe0f000001", "Activatienummer: 4816 0000 0001", "activatienummer 481600000001", "Nr. 4816.0000.0001", "4 8 1 6, 0 0 0 0, 0 0 0 1"}, []string{"", "-", "48160000001", "4816000000011", "48160000000O", "٤٨١٦٠٠٠٠٠٠٠١"}},
		"birth date":       {"1961-04-09", []string{"9-4-1961", "09-04-1961", "9 april 1961", "9 apr 1961", "09041961", "1961-04-09", "9/4/1961", "9-4-61", "9e april 1961", "Geboortedatum: 09-04-1961"}, []string{"", "9-4-05", "31-4-1961", "9-4-2061", "9-4-1861", "april", "4-1961"}},
		"postcode":         {"3511 AB", []string{"3511 AB", "3511ab", "3511-ab", " 3511  a b ", "3511AB Utrecht", "NL-3511 AB", "Postcode: 3511 AB"}, []string{"", "3511", "0511 AB", "3511 SS", "AB 3511", "3511 ABC"}},
		"house number":     {"12", []string{"12", " 12", "12A", "12-2", "12 bis", "12 achterhuis", "12 appartement 3", "12 (achter)", "12 2e verdieping", "12½", "12#3", "12 tegenover", "１２", "nr. 12", "huisnummer 12", "No 12a"}, []string{"", "A12", "-12", "123456", "nee"}},
		"foreign postcode": {"1000", []string{"1000", "B-1000", "be-1000", " 1000 "}, []string{"", "-", " "}},
		"product number":   {"NL22NNBA0123456789", []string{"NL22NNBA0123456789", "nl22 nnba 0123 4567 89", "ＮＬ22\u00a0NNBA\u200b0123456789", "IBAN: NL22 NNBA 0123 4567 89", "rekeningnummer NL22NNBA0123456789", "NL22.NNBA.0123.4567.89"}, []string{"", " ", strings.Repeat("1", 41)}},
	} {
		for _, field := range allFields() {
			if field.Name != name || field.KeptValue == nil {
				continue
			}
			for _, typed := range test.same {
				if why := field.CheckAnswer(typed); why != nil || field.KeptValue() != test.want {
					t.Errorf("%s %q: kept %q, %v", name, typed, field.KeptValue(), why)
				}
			}
			for _, typed := range test.refused {
				if field.CheckAnswer(typed) == nil {
					t.Errorf("%s %q is taken as %q", name, typed, field.KeptValue())
				}
			}
		}
	}
}

func FuzzFields(f *testing.F) {
	fieldtest.FuzzFields(f, allFields, "4816 0000 0001", "9 april 1961", "3511 AB", "12-bis", "NL22NNBA0123456789", "١٢٣٤")
}

// TestLongAddress tests that a field for e-mail addresses accepts more than MaxAnswerLength characters.
func TestLongAddress(t *testing.T) {
	address := strings.Repeat("a", 60) + "@" + strings.Repeat("b", 27) + ".example.org.evil.example.com"
	var got string
	if why := NewEmailField(&got, "").CheckAnswer(address); why != nil || got != address {
		t.Errorf("%q became %q; %v", address, got, why)
	}
}
