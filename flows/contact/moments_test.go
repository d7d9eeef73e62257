package contact

import (
	"slices"
	"testing"
	"time"

	"loket/flows/clock"
	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/flow"
)

// inAmsterdam parses a time in Amsterdam.
func inAmsterdam(tb testing.TB, text string) time.Time {
	tb.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, dutch.AmsterdamZone)
	if err != nil {
		tb.Fatal(err)
	}
	return at.UTC()
}

// deskAt returns a desk without a store, with the given calendar and time.
func deskAt(tb testing.TB, now string, holidays dutch.HolidayCalendar) *desk.Desk {
	at := inAmsterdam(tb, now)
	settings := desk.DefaultSettings()
	settings.Holidays = holidays
	return &desk.Desk{Clock: clock.NewFromFuncs(func() time.Time { return at }, nil), Settings: settings}
}

// TestMoments tests which windows are offered around weekends, holidays and the beginning and end of summer time, with the
// notice that the service desk needs.
func TestMoments(t *testing.T) {
	for _, c := range []struct {
		now  string
		want []string
	}{
		{"2027-01-04 06:59", []string{"2027-01-04 08:00", "2027-01-04 12:00", "2027-01-05 08:00", "2027-01-05 12:00"}},
		{"2027-01-04 07:00", []string{"2027-01-04 08:00", "2027-01-04 12:00", "2027-01-05 08:00", "2027-01-05 12:00"}},
		{"2027-01-04 07:01", []string{"2027-01-04 12:00", "2027-01-05 08:00", "2027-01-05 12:00", "2027-01-06 08:00"}},
		{"2027-01-04 11:00", []string{"2027-01-04 12:00", "2027-01-05 08:00", "2027-01-05 12:00", "2027-01-06 08:00"}},
		{"2027-01-04 11:01", []string{"2027-01-05 08:00", "2027-01-05 12:00", "2027-01-06 08:00", "2027-01-06 12:00"}},
		{"2027-01-08 17:00", []string{"2027-01-11 08:00", "2027-01-11 12:00", "2027-01-12 08:00", "2027-01-12 12:00"}},
		{"2026-12-24 10:00", []string{"2026-12-24 12:00", "2026-12-28 08:00", "2026-12-28 12:00", "2026-12-29 08:00"}},
		{"2026-04-02 12:00", []string{"2026-04-03 08:00", "2026-04-03 12:00", "2026-04-07 08:00", "2026-04-07 12:00"}},
		{"2026-04-26 12:00", []string{"2026-04-28 08:00", "2026-04-28 12:00", "2026-04-29 08:00", "2026-04-29 12:00"}},
		{"2026-03-27 18:00", []string{"2026-03-30 08:00", "2026-03-30 12:00", "2026-03-31 08:00", "2026-03-31 12:00"}},
		{"2026-10-23 18:00", []string{"2026-10-26 08:00", "2026-10-26 12:00", "2026-10-27 08:00", "2026-10-27 12:00"}},
	} {
		var got []string
		for _, w := range nextCallWindows(deskAt(t, c.now, dutch.PublicHolidays())) {
			got = append(got, callWindowID(w))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.now, got, c.want)
		}
	}
}

// TestHolidaysAreOneSetting tests that helplines, calls and letters use the same holidays.
func TestHolidaysAreOneSetting(t *testing.T) {
	free := append(dutch.PublicHolidays(), dutch.GoodFriday)
	at := inAmsterdam(t, "2026-04-03 10:00")
	for _, c := range []struct {
		holidays     dutch.HolidayCalendar
		open         bool
		call, letter string
	}{
		{dutch.PublicHolidays(), true, "2026-04-03 12:00", "2026-04-13"},
		{free, false, "2026-04-07 08:00", "2026-04-13"},
		{append(free, "2026-04-08"), false, "2026-04-07 08:00", "2026-04-14"},
	} {
		d := deskAt(t, "2026-04-03 10:00", c.holidays)
		if got := SupportLine(d).Hours.IsOpen(at); got != c.open {
			t.Errorf("%v: open is %t", c.holidays, got)
		}
		if got := callWindowID(nextCallWindows(d)[0]); got != c.call {
			t.Errorf("%v: the first call is at %s, want %s", c.holidays, got, c.call)
		}
		if got := d.LetterArrivalDate(at).String(); got != c.letter {
			t.Errorf("%v: a letter is there by %s, want %s", c.holidays, got, c.letter)
		}
	}
}

// TestNoMoments tests that a calendar in which every day is a day off offers no windows, and causes no error.
func TestNoMoments(t *testing.T) {
	var off dutch.HolidayCalendar
	for day := range 100 {
		off = append(off, dutch.Holiday(dutch.Date{Year: 2027, Month: 1, Day: 1}.AddDays(day).String()))
	}
	d := deskAt(t, "2027-01-04 10:00", off)
	for _, f := range CallBack(flow.NewVisit(d)).Step().Fields {
		if f.Name == "when" && (len(f.Options) > 0 || f.InitialAnswer != "" || f.CheckAnswer("1") == nil) {
			t.Errorf("offered are %v, first %q", f.Options, f.InitialAnswer)
		}
	}
}
