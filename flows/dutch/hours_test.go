package dutch

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"loket/flows/text"
)

// moment parses a time in Amsterdam.
func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05", text, AmsterdamZone)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC() // A clock may return the time in another time zone.
}

func TestHours(t *testing.T) {
	h := NewOfficeHours(8*Hour, 18*Hour, PublicHolidays())
	for _, c := range []struct{ at, next, nl, en string }{
		{"2026-11-23 08:00:00", "2026-11-23 18:00:00", "Nu open, tot 18.00 uur", "Open now, until 18:00"},
		{"2026-11-23 17:59:59", "2026-11-23 18:00:00", "Nu open, tot 18.00 uur", "Open now, until 18:00"},
		{"2026-11-23 07:59:59", "2026-11-23 08:00:00", "Nu gesloten · vandaag vanaf 8.00 uur", "Closed now · opens today at 8:00"},
		{"2026-11-23 00:00:00", "2026-11-23 08:00:00", "Nu gesloten · vandaag vanaf 8.00 uur", "Closed now · opens today at 8:00"},
		{"2026-11-23 18:00:00", "2026-11-24 08:00:00", "Nu gesloten · morgen vanaf 8.00 uur", "Closed now · opens tomorrow at 8:00"},
		{"2026-11-22 14:07:00", "2026-11-23 08:00:00", "Nu gesloten · morgen vanaf 8.00 uur", "Closed now · opens tomorrow at 8:00"},
		{"2026-11-20 18:00:00", "2026-11-23 08:00:00", "Nu gesloten · maandag vanaf 8.00 uur", "Closed now · opens Monday at 8:00"},
		{"2026-11-21 12:00:00", "2026-11-23 08:00:00", "Nu gesloten · maandag vanaf 8.00 uur", "Closed now · opens Monday at 8:00"},
		// Easter Monday is a day off; Good Friday is an ordinary day.
		{"2026-04-03 12:00:00", "2026-04-03 18:00:00", "Nu open, tot 18.00 uur", "Open now, until 18:00"},
		{"2026-04-04 12:00:00", "2026-04-07 08:00:00", "Nu gesloten · dinsdag vanaf 8.00 uur", "Closed now · opens Tuesday at 8:00"},
		{"2026-04-06 12:00:00", "2026-04-07 08:00:00", "Nu gesloten · morgen vanaf 8.00 uur", "Closed now · opens tomorrow at 8:00"},
		// Christmas falls on Friday and Saturday, and New Year's Day on Friday.
		{"2026-12-24 18:00:00", "2026-12-28 08:00:00", "Nu gesloten · maandag vanaf 8.00 uur", "Closed now · opens Monday at 8:00"},
		{"2026-12-31 18:00:00", "2027-01-04 08:00:00", "Nu gesloten · maandag vanaf 8.00 uur", "Closed now · opens Monday at 8:00"},
		// King's Day on a Sunday moves to Saturday, and Monday is an ordinary day.
		{"2025-04-28 09:00:00", "2025-04-28 18:00:00", "Nu open, tot 18.00 uur", "Open now, until 18:00"},
		{"2026-04-26 12:00:00", "2026-04-28 08:00:00", "Nu gesloten · dinsdag vanaf 8.00 uur", "Closed now · opens Tuesday at 8:00"},
		// Summer time begins or ends in these weekends.
		{"2026-03-27 18:00:00", "2026-03-30 08:00:00", "Nu gesloten · maandag vanaf 8.00 uur", "Closed now · opens Monday at 8:00"},
		{"2026-10-23 18:00:00", "2026-10-26 08:00:00", "Nu gesloten · maandag vanaf 8.00 uur", "Closed now · opens Monday at 8:00"},
	} {
		checkHours(t, h, c.at, c.next, c.nl, c.en)
	}
	friday := moment(t, "2026-03-27 18:00:00")
	if got, want := h.NextOpeningChange(friday).Sub(friday), 61*time.Hour; got != want {
		t.Errorf("from Friday evening to Monday morning in the spring weekend are %v, want %v", got, want)
	}
}

func checkHours(t *testing.T, h OpeningHours, at, next, nl, en string) {
	t.Helper()
	now, want := moment(t, at), time.Time{}
	if next != "" {
		want = moment(t, next)
	}
	if got := h.NextOpeningChange(now); !got.Equal(want) {
		t.Errorf("%s: next %v, want %v", at, got, want)
	}
	if got := h.StatusText(now); got != text.New(nl, en) {
		t.Errorf("%s: %q, want %q and %q", at, got, nl, en)
	}
}

// TestHoursOnClockChange tests opening hours in the nights when summer time begins and ends.
func TestHoursOnClockChange(t *testing.T) {
	var h OpeningHours
	h.Week[time.Sunday] = DaySpan{1 * Hour, 4 * Hour}
	for date, want := range map[Date]time.Duration{
		{2026, 3, 22}: 3 * time.Hour,
		// The opening hours are an hour shorter when summer time begins, because the clock jumps from 2:00 to 3:00.
		{2026, 3, 29}: 2 * time.Hour,
		// The opening hours are an hour longer when summer time ends, because the hour after 2:00 occurs twice.
		{2026, 10, 25}: 4 * time.Hour,
	} {
		opens := h.NextOpeningChange(date.TimeAt(0))
		if !h.IsOpen(opens) || h.IsOpen(opens.Add(-1)) {
			t.Errorf("%v: open at %v: %t", date, opens, h.IsOpen(opens))
		}
		if got := h.NextOpeningChange(opens).Sub(opens); got != want {
			t.Errorf("%v: open for %v, want %v", date, got, want)
		}
	}
}

func TestHoursAtTheEdges(t *testing.T) {
	const noon = "2026-11-23 12:00:00" // 23 November 2026 is a Monday.
	never, always, mondays, night := OpeningHours{}, OpeningHours{}, OpeningHours{Closed: PublicHolidays()}, OpeningHours{}
	for day := range always.Week {
		always.Week[day] = DaySpan{0, 24 * Hour}
	}
	mondays.Week[time.Monday] = DaySpan{9 * Hour, 11*Hour + 30}
	night.Week[time.Monday], night.Week[time.Tuesday] = DaySpan{8 * Hour, 24 * Hour}, DaySpan{0, 6 * Hour}

	checkHours(t, never, noon, "", "Nu gesloten", "Closed now")
	checkHours(t, always, noon, "", "Nu open", "Open now")
	checkHours(t, mondays, noon, "2026-11-30 09:00:00", "Nu gesloten · maandag 30 november 2026 vanaf 9.00 uur", "Closed now · opens Monday 30 November 2026 at 9:00")
	checkHours(t, mondays, "2026-11-30 09:00:00", "2026-11-30 11:30:00", "Nu open, tot 11.30 uur", "Open now, until 11:30")
	checkHours(t, night, noon, "2026-11-24 06:00:00", "Nu open, tot morgen 6.00 uur", "Open now, until tomorrow 6:00")
}

// TestNextIsTheFirstChange tests, every quarter of an hour, that nothing changes before the time that NextOpeningChange returns.
func TestNextIsTheFirstChange(t *testing.T) {
	h := NewOfficeHours(8*Hour, 18*Hour, PublicHolidays())
	h.Week[time.Saturday] = DaySpan{9*Hour + 15, 13 * Hour}
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		at := start.Add(time.Duration(rapid.IntRange(0, 5*365*24*4).Draw(t, "quarters")) * 15 * time.Minute)
		open, next := h.IsOpen(at), h.NextOpeningChange(at)
		if !next.After(at) || h.IsOpen(next) == open {
			t.Fatalf("%v: open %t, next %v: open %t", at, open, next, h.IsOpen(next))
		}
		for ; at.Before(next); at = at.Add(15 * time.Minute) {
			if h.IsOpen(at) != open {
				t.Fatalf("already open %t at %v", h.IsOpen(at), at)
			}
		}
	})
}

func TestWeekly(t *testing.T) {
	office := NewOfficeHours(8*Hour, 18*Hour, nil)
	longer := office
	longer.Week[time.Friday] = DaySpan{8*Hour + 30, 21 * Hour}
	longer.Week[time.Saturday] = DaySpan{9 * Hour, 13 * Hour}
	longer.Week[time.Sunday] = DaySpan{9 * Hour, 13 * Hour}
	for _, c := range []struct {
		h      OpeningHours
		nl, en string
	}{
		{office, "maandag t/m vrijdag van 8.00 tot 18.00 uur", "Monday to Friday from 8:00 to 18:00"},
		{longer, "maandag t/m donderdag van 8.00 tot 18.00 uur, vrijdag van 8.30 tot 21.00 uur, zaterdag t/m zondag van 9.00 tot 13.00 uur",
			"Monday to Thursday from 8:00 to 18:00, Friday from 8:30 to 21:00, Saturday to Sunday from 9:00 to 13:00"},
		{OpeningHours{}, "", ""},
	} {
		if got := c.h.WeeklyText(); got != text.New(c.nl, c.en) {
			t.Errorf("got %q, want %q and %q", got, c.nl, c.en)
		}
	}
}

func TestWindows(t *testing.T) {
	h := NewOfficeHours(8*Hour, 18*Hour, PublicHolidays())
	h.Week[time.Monday], h.Week[time.Tuesday] = DaySpan{9 * Hour, 12 * Hour}, DaySpan{13 * Hour, 17*Hour + 30}
	var nl, en []string
	for w := range h.OpenHalfDays(moment(t, "2026-12-24 17:00:00")) {
		nl, en = append(nl, w.LongText().NL), append(en, w.LongText().EN)
	}
	want := []string{
		"donderdag 24 december 2026 van 8.00 tot 12.00 uur", "donderdag 24 december 2026 van 12.00 tot 18.00 uur",
		"maandag 28 december 2026 van 9.00 tot 12.00 uur", "dinsdag 29 december 2026 van 13.00 tot 17.30 uur",
		"woensdag 30 december 2026 van 8.00 tot 12.00 uur",
	}
	if got := nl[:len(want)]; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if want := "Tuesday 29 December 2026 from 13:00 to 17:30"; en[3] != want {
		t.Errorf("%q, want %q", en[3], want)
	}
	for w := range (OpeningHours{}).OpenHalfDays(moment(t, "2026-12-24 17:00:00")) {
		t.Errorf("closed, and yet open %v", w)
	}
}
