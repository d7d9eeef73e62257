package dutch

import (
	"errors"
	"testing"
)

func TestBirthDate(t *testing.T) {
	today := Date{2026, 11, 22}
	first := Date{1980, 2, 1}
	for _, c := range []struct {
		text string
		want Date
		err  error
	}{
		{"1-2-1980", first, nil},
		{"01-02-1980", first, nil},
		{"01/02/1980", first, nil},
		{"1.2.1980", first, nil},
		{"1 2 1980", first, nil},
		{" 1 - 2 - 1980 ", first, nil},
		{"1–2–1980", first, nil},
		{"01021980", first, nil},
		{"1980-02-01", first, nil},
		{"1980/2/1", first, nil},
		{"19800201", first, nil},
		{"1 februari 1980", first, nil},
		{"1 FEBRUARI 1980", first, nil},
		{"1 feb 1980", first, nil},
		{"1 feb. 1980", first, nil},
		{"1feb1980", first, nil},
		{"1-feb-1980", first, nil},
		{"1 February 1980", first, nil},
		{"February 1, 1980", first, nil},
		{"1\u00a0februari\t1980", first, nil},
		{"１－２－１９８０", first, nil},
		{"\u200b1-2-1980", first, nil},
		{"3 maart 1961", Date{1961, 3, 3}, nil},
		{"3 mrt 1961", Date{1961, 3, 3}, nil},
		{"3 March 1961", Date{1961, 3, 3}, nil},
		{"3 mei 1961", Date{1961, 5, 3}, nil},
		{"3 may 1961", Date{1961, 5, 3}, nil},
		{"3 okt 1961", Date{1961, 10, 3}, nil},
		{"3 Oct 1961", Date{1961, 10, 3}, nil},
		{"3 sept. 1961", Date{1961, 9, 3}, nil},
		{"20121912", Date{1912, 12, 20}, nil},
		{"20101210", Date{2010, 12, 10}, nil},
		{"19111980", Date{1980, 11, 19}, nil},
		{"29-2-2024", Date{2024, 2, 29}, nil},
		{"22-11-2026", today, nil},
		{"22-11-1906", Date{1906, 11, 22}, nil},

		{"00-00-1950", Date{1950, 0, 0}, nil},
		{"0-0-1950", Date{1950, 0, 0}, nil},
		{"00-05-1950", Date{1950, 5, 0}, nil},
		{"00 mei 1950", Date{1950, 5, 0}, nil},
		{"1950-00-00", Date{1950, 0, 0}, nil},
		{"1950-05-00", Date{1950, 5, 0}, nil},
		{"00001950", Date{1950, 0, 0}, nil},
		{"19500000", Date{1950, 0, 0}, nil},
		{"XX-XX-1950", Date{1950, 0, 0}, nil},
		{"xx xxx 1950", Date{1950, 0, 0}, nil},
		{"XX mei 1950", Date{1950, 5, 0}, nil},
		{"XX-05-1950", Date{1950, 5, 0}, nil},
		{"00-00-0000", Date{}, ErrUnknownBirthDate},
		{"XX-XX-XXXX", Date{}, ErrUnknownBirthDate},
		{"1950", Date{}, ErrYearOnly},
		{"12-00-1950", Date{}, ErrNoSuchDay},
		{"00-13-1950", Date{}, ErrNoSuchDay},
		{"00-05-0000", Date{}, ErrNoSuchDay},
		{"00-00-2027", Date{}, ErrFutureDate},
		{"00-00-1900", Date{}, ErrTooOld},
		{"00-00-50", Date{Year: 1950}, nil},

		{"", Date{}, ErrNotADate},
		{"geen idee", Date{}, ErrNotADate},
		{"1-2", Date{}, ErrNotADate},
		{"1-2-1980-3", Date{}, ErrNotADate},
		{"1-2-198", Date{}, ErrNotADate},
		{"1-2-19800", Date{}, ErrNotADate},
		{"001-02-1980", Date{}, ErrNotADate},
		{"1021980", Date{}, ErrNotADate},
		{"1 ma 1980", Date{}, ErrNotADate},
		{"1 fevrier 1980", Date{}, ErrNotADate},
		{"feb mrt 1980", Date{}, ErrNotADate},
		{"1-2-1980?", Date{}, ErrNotADate},
		{"1 2 99999999999999999999", Date{}, ErrNotADate},

		{"1-2-80", first, nil},
		{"1-2-'80", first, nil},
		{"1-2-’80", first, nil},
		{"1 feb 80", first, nil},
		{"010280", first, nil},
		{"1-2-48", Date{1948, 2, 1}, nil},
		{"2/1/48", Date{1948, 1, 2}, nil},
		{"1 maart '48", Date{1948, 3, 1}, nil},
		{"1-2-27", Date{1927, 2, 1}, nil},
		{"1-2-26", Date{}, ErrShortYear},
		{"1-2-05", Date{}, ErrShortYear},
		{"31-02-80", Date{}, ErrNoSuchDay},

		{"1e februari 1980", first, nil},
		{"1ste februari 1980", first, nil},
		{"3de maart 1961", Date{1961, 3, 3}, nil},
		{"1st February 1980", first, nil},
		{"1st of February 1980", first, nil},
		{"February 1st, 1980", first, nil},
		{"2nd February 1980", Date{1980, 2, 2}, nil},
		{"3rd March 1961", Date{1961, 3, 3}, nil},
		{"vrijdag 1 februari 1980", first, nil},
		{"Friday, 1 February 1980", first, nil},
		{"de 1e februari 1980", first, nil},
		{"1 febuari 1980", first, nil},
		{"Geboortedatum: 1-2-1980", first, nil},
		{"geboren op 1 februari 1980", first, nil},
		{"born 1 February 1980", first, nil},
		{"1_2_1980", first, nil},
		{"1:2:1980", first, nil},
		{`1\2\1980`, first, nil},

		{"31-02-1980", Date{}, ErrNoSuchDay},
		{"29-2-2023", Date{}, ErrNoSuchDay},
		{"31 april 1980", Date{}, ErrNoSuchDay},
		{"32-1-1980", Date{}, ErrNoSuchDay},
		{"02/13/1980", Date{}, ErrNoSuchDay},
		{"99991980", Date{}, ErrNoSuchDay},

		{"23-11-2026", Date{}, ErrFutureDate},
		{"1-1-2099", Date{}, ErrFutureDate},
		{"21-11-1906", Date{}, ErrTooOld},
		{"1-2-0980", Date{}, ErrTooOld},
	} {
		if got, err := ParseBirthDate(c.text, today); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%q is %v, %v, want %v, %v", c.text, got, err, c.want, c.err)
		}
	}
}

// TestEveryMonth tests that ParseBirthDate reads the text of [Date.LongText] for each month, and the first three letters of
// each month in both languages.
func TestEveryMonth(t *testing.T) {
	today := Date{2026, 11, 22}
	for month := range 12 {
		want := NewDate(1980, 1, 1).AddMonths(month)
		long := want.LongText()
		nl, en := long.NL, long.EN
		for _, text := range []string{nl, en, nl[:len("1 jan")] + " 1980", en[:len("1 jan")] + " 1980"} {
			if got, err := ParseBirthDate(text, today); got != want || err != nil {
				t.Errorf("%q is %v, %v, want %v", text, got, err, want)
			}
		}
	}
}

func FuzzBirthDate(f *testing.F) {
	today := Date{2026, 11, 22}
	fuzzParser(f, func(s string) (Date, bool) {
		d, err := ParseBirthDate(s, today)
		return d, err == nil
	}, "1-2-1980", "01021980", "1980-02-01", "1 feb. 1980", "February 1, 1980", "1-2-'80", "20101210")
}
