package dutch

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Holiday is a day off. It is one of the names below, which recurs each year, or a single date such as "2026-12-24".
type Holiday string

// Names of the holidays. The present rules are applied to earlier years too.
const (
	NewYearsDay   Holiday = "new-years-day"
	GoodFriday    Holiday = "good-friday"
	EasterMonday  Holiday = "easter-monday"
	KingsDay      Holiday = "kings-day"      // KingsDay is 27 April, or 26 April if the 27th is a Sunday.
	LiberationDay Holiday = "liberation-day" // LiberationDay is 5 May in every year.
	AscensionDay  Holiday = "ascension-day"
	WhitMonday    Holiday = "whit-monday"
	ChristmasDay  Holiday = "christmas-day"
	BoxingDay     Holiday = "boxing-day" // BoxingDay is 26 December, in Dutch Tweede Kerstdag.

	// FifthLiberationDay is 5 May once in five years, such as in 2025 and 2030.
	FifthLiberationDay Holiday = "liberation-day-every-5-years"
)

// holidayDateRules maps each name of a holiday to a function that returns its date in a year, or the zero Date in a year without it.
var holidayDateRules = map[Holiday]func(year int) Date{
	NewYearsDay:        fixedDateRule(time.January, 1),
	GoodFriday:         daysAfterEasterRule(-2),
	EasterMonday:       daysAfterEasterRule(1),
	KingsDay:           kingsDay,
	LiberationDay:      fixedDateRule(time.May, 5),
	FifthLiberationDay: fifthLiberationDay,
	AscensionDay:       daysAfterEasterRule(39),
	WhitMonday:         daysAfterEasterRule(50),
	ChristmasDay:       fixedDateRule(time.December, 25),
	BoxingDay:          fixedDateRule(time.December, 26),
}

func fixedDateRule(month time.Month, day int) func(int) Date {
	return func(year int) Date { return Date{year, month, day} }
}

func daysAfterEasterRule(days int) func(int) Date {
	return func(year int) Date { return easterSunday(year).AddDays(days) }
}

func kingsDay(year int) Date {
	d := Date{year, time.April, 27}
	if d.Weekday() == time.Sunday {
		return d.AddDays(-1)
	}
	return d
}

func fifthLiberationDay(year int) Date {
	if year%5 != 0 {
		return Date{}
	}
	return Date{year, time.May, 5}
}

// DateInYear returns the date of the holiday in a year, or the zero Date if that year does not have it.
func (h Holiday) DateInYear(year int) Date {
	if rule, named := holidayDateRules[h]; named {
		return rule(year)
	}
	if d, err := ParseDate(string(h)); err == nil && d.Year == year {
		return d
	}
	return Date{}
}

// HolidayCalendar is the list of holidays on which people have the day off.
type HolidayCalendar []Holiday

// publicHolidaysWord is the word that stands for all of PublicHolidays in the text of a HolidayCalendar.
const publicHolidaysWord = "public"

// PublicHolidays returns the holidays of most Dutch employers. Good Friday is not included, and Liberation Day is included
// once in five years. A calendar can add both.
func PublicHolidays() HolidayCalendar {
	return HolidayCalendar{NewYearsDay, EasterMonday, KingsDay, FifthLiberationDay, AscensionDay, WhitMonday, ChristmasDay, BoxingDay}
}

// UnmarshalText parses a list of holidays separated by commas, such as "public, good-friday, 2026-12-24". Each item is a name,
// a date, or "public" for all of PublicHolidays. Case does not matter, and empty items are skipped, so empty text is an empty
// calendar. An error quotes the invalid item and lists the valid names.
func (c *HolidayCalendar) UnmarshalText(text []byte) error {
	var read HolidayCalendar
	for name := range strings.SplitSeq(strings.ToLower(string(text)), ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		parsed, err := parseHoliday(name)
		if err != nil {
			return err
		}
		read = append(read, parsed...)
	}
	*c = read
	return nil
}

func parseHoliday(name string) (HolidayCalendar, error) {
	if name == publicHolidaysWord {
		return PublicHolidays(), nil
	}
	_, named := holidayDateRules[Holiday(name)]
	if _, err := ParseDate(name); err != nil && !named {
		known := fmt.Sprint(slices.Sorted(maps.Keys(holidayDateRules)))
		return nil, fmt.Errorf("%q is no holiday: a holiday is a date such as 2026-12-24, %s, or one of %s", name, publicHolidaysWord, strings.Trim(known, "[]"))
	}
	return HolidayCalendar{Holiday(name)}, nil
}

// IsDayOff reports whether d is a holiday of the calendar.
func (c HolidayCalendar) IsDayOff(d Date) bool {
	return !d.IsZero() && slices.ContainsFunc(c, func(h Holiday) bool { return h.DateInYear(d.Year) == d })
}

// easterSunday returns the date of Easter Sunday in the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher (J. Meeus,
// Astronomical Algorithms, chapter 8).
func easterSunday(year int) Date {
	a := year % 19 // a is the year's position in the 19-year cycle of the moon.
	b, c := year/100, year%100
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - b/4 - g + 15) % 30 // h is the number of days from 21 March to the full moon.
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return Date{year, time.Month(n / 31), n%31 + 1}
}
