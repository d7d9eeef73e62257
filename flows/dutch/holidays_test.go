package dutch

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestEaster compares dates with almanacs, including the earliest and the latest possible date of Easter.
func TestEaster(t *testing.T) {
	for year, want := range map[int]Date{
		1818: {1818, 3, 22}, 1886: {1886, 4, 25}, 1943: {1943, 4, 25}, 1954: {1954, 4, 18}, 1961: {1961, 4, 2},
		1981: {1981, 4, 19}, 2000: {2000, 4, 23}, 2008: {2008, 3, 23}, 2011: {2011, 4, 24}, 2016: {2016, 3, 27},
		2019: {2019, 4, 21}, 2020: {2020, 4, 12}, 2021: {2021, 4, 4}, 2022: {2022, 4, 17}, 2023: {2023, 4, 9},
		2024: {2024, 3, 31}, 2025: {2025, 4, 20}, 2026: {2026, 4, 5}, 2027: {2027, 3, 28}, 2028: {2028, 4, 16},
		2029: {2029, 4, 1}, 2030: {2030, 4, 21}, 2038: {2038, 4, 25}, 2049: {2049, 4, 18}, 2285: {2285, 3, 22},
	} {
		if got := easterSunday(year); got != want {
			t.Errorf("Easter of %d is %v, want %v", year, got, want)
		}
	}
}

// TestEasterByFullMoon computes Easter from 1900 to 2199 in a different way: it is the Sunday after the full moon in the table
// of the Book of Common Prayer.
func TestEasterByFullMoon(t *testing.T) {
	// afterMarch has the date of the full moon for each year of the 19-year cycle, as a day of March: 45 is 14 April.
	afterMarch := [19]int{45, 34, 23, 42, 31, 49, 39, 28, 47, 36, 25, 44, 33, 22, 41, 30, 48, 38, 27}
	for year := 1900; year < 2200; year++ {
		want := NewDate(year, time.March, afterMarch[year%19]+1)
		for want.Weekday() != time.Sunday {
			want = want.AddDays(1)
		}
		if got := easterSunday(year); got != want {
			t.Errorf("Easter of %d is %v, want %v", year, got, want)
		}
	}
}

func TestPublicHolidays(t *testing.T) {
	for year, want := range map[int][]Date{
		2025: {{2025, 1, 1}, {2025, 4, 21}, {2025, 4, 26}, {2025, 5, 5}, {2025, 5, 29}, {2025, 6, 9}, {2025, 12, 25}, {2025, 12, 26}},
		2026: {{2026, 1, 1}, {2026, 4, 6}, {2026, 4, 27}, {2026, 5, 14}, {2026, 5, 25}, {2026, 12, 25}, {2026, 12, 26}},
		2030: {{2030, 1, 1}, {2030, 4, 22}, {2030, 4, 27}, {2030, 5, 5}, {2030, 5, 30}, {2030, 6, 10}, {2030, 12, 25}, {2030, 12, 26}},
	} {
		var got []Date
		for d := NewDate(year, 1, 1); d.Year == year; d = d.AddDays(1) {
			if PublicHolidays().IsDayOff(d) {
				got = append(got, d)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("days off in %d: %v, want %v", year, got, want)
		}
	}
}

// TestLiberationDay tests that Liberation Day is a day off every year, or once in five years.
func TestLiberationDay(t *testing.T) {
	for year, fifth := range map[int]bool{2025: true, 2026: false, 2029: false, 2030: true} {
		d := Date{year, time.May, 5}
		if got := (HolidayCalendar{FifthLiberationDay}).IsDayOff(d); got != fifth {
			t.Errorf("%v is a day off once in five years: %t", d, got)
		}
		if !(HolidayCalendar{LiberationDay}).IsDayOff(d) {
			t.Errorf("%v is no day off where every year is", d)
		}
	}
}

// TestKingsDay tests that King's Day is celebrated a day earlier if it falls on a Sunday.
func TestKingsDay(t *testing.T) {
	for year, want := range map[int]Date{2025: {2025, 4, 26}, 2026: {2026, 4, 27}, 2031: {2031, 4, 26}} {
		if got := KingsDay.DateInYear(year); got != want {
			t.Errorf("King's Day of %d is %v, want %v", year, got, want)
		}
	}
}

func TestReadCalendar(t *testing.T) {
	for text, want := range map[string]HolidayCalendar{
		"":                                   nil,
		"  ":                                 nil,
		"public":                             PublicHolidays(),
		"public, good-friday,liberation-day": append(PublicHolidays(), GoodFriday, LiberationDay),
		"christmas-day,2026-12-24":           {ChristmasDay, "2026-12-24"},
		"PUBLIC":                             PublicHolidays(),
		"public,,":                           PublicHolidays(),
		", Good-Friday ,\n,KINGS-DAY":        {GoodFriday, KingsDay},
		",":                                  {},
	} {
		got := HolidayCalendar{"new-years-day"} // UnmarshalText must replace the previous holidays of a calendar.
		if err := got.UnmarshalText([]byte(text)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v and %v, want %v", text, got, err, want)
		}
	}
	for text, wrong := range map[string]string{
		"public,boxing": `"boxing"`,
		"Good Friday":   `"good friday"`,
		"2026-02-30":    `"2026-02-30"`,
		"24-12-2026":    `"24-12-2026"`,
		"public;easter": `"public;easter"`,
	} {
		got := PublicHolidays()
		err := got.UnmarshalText([]byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), wrong) || !strings.Contains(err.Error(), string(GoodFriday)) {
			t.Errorf("%q: error %v, want one about %s that names the holidays", text, err, wrong)
		}
		if !slices.Equal(got, PublicHolidays()) {
			t.Errorf("%q changed the calendar to %v", text, got)
		}
	}
}

// TestOneDate tests that a single date is a day off once, and not every year.
func TestOneDate(t *testing.T) {
	c := HolidayCalendar{"2026-12-24"}
	if !c.IsDayOff(Date{2026, 12, 24}) || c.IsDayOff(Date{2027, 12, 24}) || c.IsDayOff(Date{2026, 12, 25}) {
		t.Error("24 December 2026 is not the one day off")
	}
}

// TestGoodFridayIsASetting tests that Good Friday is not a day off by default.
func TestGoodFridayIsASetting(t *testing.T) {
	d := Date{2026, 4, 3}
	if PublicHolidays().IsDayOff(d) {
		t.Error("Good Friday is a day off")
	}
	if !append(PublicHolidays(), GoodFriday).IsDayOff(d) {
		t.Error("Good Friday is not a day off where it was added")
	}
}

func TestNoDateIsNoDayOff(t *testing.T) {
	if (HolidayCalendar{FifthLiberationDay}).IsDayOff(Date{2026, 5, 5}) {
		t.Error("5 May 2026 is a day off")
	}
	if (HolidayCalendar)(nil).IsDayOff(Date{2026, 12, 25}) {
		t.Error("an empty calendar has a day off")
	}
	if (HolidayCalendar{FifthLiberationDay}).IsDayOff(Date{}) {
		t.Error("no date is a day off")
	}
}
