package dutch

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAddWorkingDays(t *testing.T) {
	for _, c := range []struct {
		why  string
		from Date
		n    int
		want Date
	}{
		{"Friday, no holidays", Date{2026, 11, 20}, 5, Date{2026, 11, 27}},
		{"Saturday", Date{2026, 11, 21}, 5, Date{2026, 11, 27}},
		{"Sunday", Date{2026, 11, 22}, 5, Date{2026, 11, 27}},
		{"Monday", Date{2026, 11, 23}, 5, Date{2026, 11, 30}},
		{"one day after Friday", Date{2026, 11, 20}, 1, Date{2026, 11, 23}},
		{"over Christmas and New Year", Date{2026, 12, 24}, 5, Date{2027, 1, 4}},
		{"over Easter, Good Friday works", Date{2026, 4, 2}, 5, Date{2026, 4, 10}},
		{"over Ascension", Date{2026, 5, 13}, 5, Date{2026, 5, 21}},
		{"over King's Day", Date{2026, 4, 24}, 1, Date{2026, 4, 28}},
		{"over Liberation Day", Date{2025, 5, 2}, 1, Date{2025, 5, 6}},
		{"over Christmas on Friday and Saturday", Date{2026, 12, 24}, 1, Date{2026, 12, 28}},
		{"over Christmas on Saturday and Sunday", Date{2027, 12, 24}, 1, Date{2027, 12, 27}},
		{"over Christmas on Sunday and Monday", Date{2022, 12, 23}, 1, Date{2022, 12, 27}},
		{"King's Day on a Sunday is the Saturday before", Date{2025, 4, 25}, 1, Date{2025, 4, 28}},
		{"over Whit Monday", Date{2026, 5, 22}, 1, Date{2026, 5, 26}},
		{"Liberation Day of most years works", Date{2026, 5, 4}, 1, Date{2026, 5, 5}},
		{"over the night in which summer time begins", Date{2026, 3, 27}, 1, Date{2026, 3, 30}},
		{"over the night in which it ends", Date{2026, 10, 23}, 1, Date{2026, 10, 26}},
		{"from a holiday", Date{2026, 12, 25}, 1, Date{2026, 12, 28}},
		{"none", Date{2026, 11, 22}, 0, Date{2026, 11, 22}},
		{"fewer", Date{2026, 11, 22}, -1, Date{2026, 11, 22}},
	} {
		if got := PublicHolidays().AddWorkingDays(c.from, c.n); got != c.want {
			t.Errorf("%s: %v and %d working days is %v, want %v", c.why, c.from, c.n, got, c.want)
		}
	}
}

// anyCalendar generates arbitrary calendars with names of holidays and dates.
func anyCalendar(t *rapid.T) HolidayCalendar {
	c := rapid.SliceOf(rapid.SampledFrom([]Holiday{GoodFriday, LiberationDay, EasterMonday, ChristmasDay, BoxingDay, KingsDay})).Draw(t, "calendar")
	for _, days := range rapid.SliceOfN(rapid.IntRange(0, 5*366), 0, 12).Draw(t, "dates") {
		c = append(c, Holiday(Date{2024, 1, 1}.AddDays(days).String()))
	}
	return c
}

// TestWorkingDays tests properties of working days that every calendar must have.
func TestWorkingDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCalendar(t)
		from := Date{2024, 1, 1}.AddDays(rapid.IntRange(0, 5*366).Draw(t, "from"))
		n := rapid.IntRange(1, 30).Draw(t, "working days")
		to := c.AddWorkingDays(from, n)
		if day := to.Weekday(); day == time.Saturday || day == time.Sunday || c.IsDayOff(to) {
			t.Fatalf("%v and %d working days is %v, on which nobody works", from, n, to)
		}
		between := 0
		for d := from.AddDays(1); !to.Before(d); d = d.AddDays(1) {
			if c.IsWorkingDay(d) {
				between++
			}
		}
		if between != n {
			t.Fatalf("from %v to %v are %d working days, want %d", from, to, between, n)
		}
		if earlier := c.AddWorkingDays(from.AddDays(-1), n); to.Before(earlier) {
			t.Fatalf("a day earlier it would be %v, later than %v", earlier, to)
		}
		if next := c.AddWorkingDays(to, 1); next != c.AddWorkingDays(from, n+1) {
			t.Fatalf("a working day after %v is %v, which is not %d after %v", to, next, n+1, from)
		}
	})
}
