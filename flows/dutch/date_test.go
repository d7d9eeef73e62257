package dutch

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"loket/flows/text"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		text string
		want Date
		err  error
	}{
		{"1980-02-01", Date{1980, 2, 1}, nil},
		{"2024-02-29", Date{2024, 2, 29}, nil},
		{"0001-01-01", Date{1, 1, 1}, nil},
		{"9999-12-31", Date{9999, 12, 31}, nil},
		{"2023-02-29", Date{}, ErrNoSuchDay},
		{"1900-02-29", Date{}, ErrNoSuchDay},
		{"1980-13-01", Date{}, ErrNoSuchDay},
		{"1980-00-01", Date{}, ErrNoSuchDay},
		{"0000-01-01", Date{}, ErrNoSuchDay},
		{"1980-2-1", Date{}, ErrNotADate},
		{"01-02-1980", Date{}, ErrNotADate},
		{"1980-02-01 ", Date{}, ErrNotADate},
		{"1980-02-01T00:00:00Z", Date{}, ErrNotADate},
		{"", Date{}, ErrNotADate},
	} {
		if got, err := ParseDate(c.text); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%q is %v, %v, want %v, %v", c.text, got, err, c.want, c.err)
		}
	}
}

func TestDateOfAmsterdam(t *testing.T) {
	for text, want := range map[string]Date{
		"2026-11-22T22:59:59Z":      {2026, 11, 22},
		"2026-11-22T23:00:00Z":      {2026, 11, 23}, // In winter Amsterdam is one hour ahead of UTC.
		"2026-07-01T21:59:59Z":      {2026, 7, 1},
		"2026-07-01T22:00:00Z":      {2026, 7, 2}, // In summer Amsterdam is two hours ahead of UTC.
		"2026-12-31T18:00:00-08:00": {2027, 1, 1},
	} {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateOf(at); got != want {
			t.Errorf("%s is on %v, want %v", text, got, want)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from Date
		n    int
		want Date
	}{
		{Date{2026, 11, 19}, 6, Date{2027, 5, 19}},
		{Date{2026, 1, 31}, 1, Date{2026, 2, 28}},
		{Date{2028, 1, 31}, 1, Date{2028, 2, 29}},
		{Date{2026, 8, 31}, 6, Date{2027, 2, 28}},
		{Date{2026, 3, 31}, -1, Date{2026, 2, 28}},
		{Date{2026, 1, 15}, -1, Date{2025, 12, 15}},
		{Date{2026, 12, 31}, 0, Date{2026, 12, 31}},
		{Date{2024, 2, 29}, 12, Date{2025, 2, 28}},
		{Date{2026, 5, 31}, 25, Date{2028, 6, 30}},
	} {
		if got := c.from.AddMonths(c.n); got != c.want {
			t.Errorf("%v and %d months is %v, want %v", c.from, c.n, got, c.want)
		}
	}
}

// TestDateLikeTime compares the arithmetic and order of dates with those of time.Time.
func TestDateLikeTime(t *testing.T) {
	date := rapid.Custom(func(t *rapid.T) Date {
		return NewDate(rapid.IntRange(1, 9000).Draw(t, "year"), 1, rapid.IntRange(1, 366).Draw(t, "day of the year"))
	})
	rapid.Check(t, func(t *rapid.T) {
		d, e, n := date.Draw(t, "d"), date.Draw(t, "e"), rapid.IntRange(-300, 300).Draw(t, "n")
		if got, want := d.Before(e), d.TimeAt(0).Before(e.TimeAt(0)); got != want {
			t.Errorf("%v before %v: %t", d, e, got)
		}
		if got, want := d.AddDays(n), DateOf(d.TimeAt(12*Hour).AddDate(0, 0, n)); got != want {
			t.Errorf("%v and %d days is %v, want %v", d, n, got, want)
		}
		if DateOf(d.TimeAt(12*Hour)) != d {
			t.Errorf("noon on %v is on %v", d, DateOf(d.TimeAt(12*Hour)))
		}
		if m := d.AddMonths(n); m.Day > d.Day || m.Day < min(d.Day, 28) || m.isValid() != (1 <= m.Year && m.Year <= 9999) {
			t.Errorf("%v and %d months is %v", d, n, m)
		}
		if again, err := ParseDate(d.String()); again != d || err != nil {
			t.Errorf("%v is read as %v, %v", d, again, err)
		}
	})
}

func TestDateJSON(t *testing.T) {
	type record struct {
		Since Date            `json:"since"`
		Ends  Date            `json:"ends,omitzero"`
		Seen  map[Date]string `json:"seen"`
	}
	const want = `{"since":"1980-02-01","seen":{"2026-11-22":"x"}}`
	got, err := json.Marshal(record{Since: Date{1980, 2, 1}, Seen: map[Date]string{{2026, 11, 22}: "x"}})
	if string(got) != want || err != nil {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	var back record
	if err := json.Unmarshal(got, &back); err != nil || back.Since != (Date{1980, 2, 1}) || !back.Ends.IsZero() {
		t.Errorf("back comes %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"since":""}`), &back); err != nil || !back.Since.IsZero() {
		t.Errorf("no date comes back as %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"since":"1980-02-31"}`), &back); !errors.Is(err, ErrNoSuchDay) {
		t.Errorf("31 February gives %v", err)
	}
	if _, err := json.Marshal(Date{2026, 2, 31}); !errors.Is(err, ErrNoSuchDay) {
		t.Errorf("writing 31 February gives %v", err)
	}
}

func TestDateInWords(t *testing.T) {
	for _, c := range []struct {
		date                           Date
		longNL, longEN, fullNL, fullEN string
	}{
		{Date{2026, 11, 22}, "22 november 2026", "22 November 2026", "zondag 22 november 2026", "Sunday 22 November 2026"},
		{Date{1980, 3, 1}, "1 maart 1980", "1 March 1980", "zaterdag 1 maart 1980", "Saturday 1 March 1980"},
		{Date{}, "", "", "", ""},
		{Date{2026, 2, 31}, "", "", "", ""},
	} {
		long, full := c.date.LongText(), c.date.LongWeekdayText()
		if long != text.New(c.longNL, c.longEN) || full != text.New(c.fullNL, c.fullEN) {
			t.Errorf("%v is %q, %q", c.date, long, full)
		}
	}
}

func FuzzDate(f *testing.F) {
	fuzzParser(f, func(s string) (Date, bool) {
		d, err := ParseDate(s)
		return d, err == nil
	}, "1980-02-01", "2023-02-29", "0000-01-01", "9999-12-31")
}
