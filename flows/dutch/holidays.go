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

// holidays maps each name of a holiday to a function that returns its date in a year, or the zero Date in a year without it.
var holidays = map[Holiday]func(year int) Date{
	NewYearsDay:        sameDateEachYear(time.January, 1),
	GoodFriday:         afterEaster(-2),
	EasterMonday:       afterEaster(1),
	KingsDay:           kingsDay,
	LiberationDay:      sameDateEachYear(time.May, 5),
	FifthLiberationDay: fifthLiberationDay,
	AscensionDay:       afterEaster(39),
	WhitMonday:         afterEaster(50),
	ChristmasDay:       sameDateEachYear(time.December, 25),
	BoxingDay:          sameDateEachYear(time.December, 26),
}

func sameDateEachYear(month time.Month, day int) func(int) Date {
	return func(year int) Date { return Date{year, month, day} }
}

func afterEaster(days int) func(int) Date {
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

// DateIn returns the date of the holiday in a year, or the zero Date if that year does not have it.
func (h Holiday) DateIn(year int) Date {
	if rule, named := holidays[h]; named {
		return rule(year)
	}
	if d, err := ParseDate(string(h)); err == nil && d.Year == year {
		return d
	}
	return Date{}
}

// Calendar is the list of holidays on which people have the day off.
type Calendar []Holiday

// publicHolidaysWord is the word that stands for all of PublicHolidays in the text of a Calendar.
const publicHolidaysWord = "public"

// PublicHolidays returns the holidays of most Dutch employers. Good Friday is not included, and Liberation Day is included
// once in five years. A calendar can add both.
func PublicHolidays() Calendar {
	return Calendar{NewYearsDay, EasterMonday, KingsDay, FifthLiberationDay, AscensionDay, WhitMonday, ChristmasDay, BoxingDay}
}

// UnmarshalText parses a list of holidays separated by commas, such as "public, good-friday, 2026-12-24". Each item is a name,
// a date, or "public" for all of PublicHolidays. Case does not matter, and empty items are skipped, so empty text is an empty
// calendar. An error quotes the invalid item and lists the valid names.
func (c *Calendar) UnmarshalText(text []byte) error {
	var read Calendar
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

func parseHoliday(name string) (Calendar, error) {
	if name == publicHolidaysWord {
		return PublicHolidays(), nil
	}
	_, named := holidays[Holiday(name)]
	if _, err := ParseDate(name); err != nil && !named {
		known := fmt.Sprint(slices.Sorted(maps.Keys(holidays)))
		return nil, fmt.Errorf("%q is no holiday: a holiday is a date such as 2026-12-24, %s, or one of %s", name, publicHolidaysWord, strings.Trim(known, "[]"))
	}
	return Calendar{Holiday(name)}, nil
}

// IsDayOff reports whether d is a holiday of the calendar.
func (c Calendar) IsDayOff(d Date) bool {
	return !d.IsZero() && slices.ContainsFunc(c, func(h Holiday) bool { return h.DateIn(d.Year) == d })
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
