package dutch

import (
	"encoding/json"
	"errors"
	"testing"
)

func TestCents(t *testing.T) {
	checkReadings(t, ParseCents, []reading{
		{"1234.56", "1234.56"},
		{"0.00", "0.00"},
		{"0.05", "0.05"},
		{"-0.05", "-0.05"},
		{"-0.00", "0.00"},
		{"-1234.56", "-1234.56"},
		{"92233720368547758.07", "92233720368547758.07"},
		{"-92233720368547758.08", "-92233720368547758.08"},
		{"92233720368547758.08", ""},
		{"-92233720368547758.09", ""},
		{"1234", ""},
		{"1234.5", ""},
		{"1234.567", ""},
		{"1234,56", ""},
		{"1.234.56", ""},
		{".56", ""},
		{"1234.", ""},
		{"+1.00", ""},
		{"--1.00", ""},
		{"- 1.00", ""},
		{"1.-1", ""},
		{"1e3.00", ""},
		{" 1.00", ""},
		{"1_000.00", ""},
		{"-", ""},
		{"", ""},
	})
}

func TestCentsFormat(t *testing.T) {
	for _, c := range []struct {
		cents  Cents
		sign   Sign
		nl, en string
	}{
		{123456, Euro, "€ 1.234,56", "€ 1,234.56"},
		{-123456, Euro, "€ -1.234,56", "€ -1,234.56"},
		{0, Euro, "€ 0,00", "€ 0.00"},
		{5, Euro, "€ 0,05", "€ 0.05"},
		{-5, Euro, "€ -0,05", "€ -0.05"},
		{99999, Euro, "€ 999,99", "€ 999.99"},
		{100000, EUR, "EUR 1.000,00", "EUR 1,000.00"},
		{15000000, EUR, "EUR 150.000,00", "EUR 150,000.00"},
		{-1 << 63, Euro, "€ -92.233.720.368.547.758,08", "€ -92,233,720,368,547,758.08"},
	} {
		if nl, en := c.cents.Format(c.sign); nl != c.nl || en != c.en {
			t.Errorf("%d is %q and %q, want %q and %q", int64(c.cents), nl, en, c.nl, c.en)
		}
	}
}

func TestMoneyJSON(t *testing.T) {
	type part struct {
		Outstanding Cents `json:"outstanding"`
		Rate        Rate  `json:"rate"`
	}
	const line = `{"outstanding":"118220.10","rate":"3.45"}`
	var p part
	if err := json.Unmarshal([]byte(line), &p); err != nil || p != (part{11822010, 3450}) {
		t.Fatalf("%s is %+v, %v", line, p, err)
	}
	if got, err := json.Marshal(p); string(got) != line || err != nil {
		t.Errorf("%+v is %s, %v", p, got, err)
	}
	for bad, want := range map[string]error{`{"outstanding":"1,00"}`: ErrNotAnAmount, `{"rate":"3,45"}`: ErrNotARate} {
		if err := json.Unmarshal([]byte(bad), &p); !errors.Is(err, want) {
			t.Errorf("%s gives %v, want %v", bad, err, want)
		}
	}
}

func FuzzCents(f *testing.F) {
	fuzzParser(f, ParseCents, "1234.56", "-0.00", "92233720368547758.08", "007.00")
}
