package dutch

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Holiday is a day off each year, one of the names below, or a single date: "2026-12-24".
type Holiday string

// The holidays that have a name. The present rules count for earlier years too.
const (
	NewYearsDay   Holiday = "new-years-day"
	GoodFriday    Holiday = "good-friday"
	EasterMonday  Holiday = "easter-monday"
	KingsDay      Holiday = "kings-day"      // 27 April, or the day before if that is a Sunday
	LiberationDay Holiday = "liberation-day" // 5 May, every year
	AscensionDay  Holiday = "ascension-day"
	WhitMonday    Holiday = "whit-monday"
	ChristmasDay  Holiday = "christmas-day"
	BoxingDay     Holiday = "boxing-day" // Tweede Kerstdag

	// FifthLiberationDay is 5 May once in five years: in 2025, in 2030.
	FifthLiberationDay Holiday = "liberation-day-every-5-years"
)

// holidays has a function for each name that returns its date in a year, or the zero Date in a
// year without that holiday.
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
	return func(year int) Date { return easter(year).AddDays(days) }
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

// DateIn returns the date of h in a year, or the zero Date in a year without h.
func (h Holiday) DateIn(year int) Date {
	if rule, named := holidays[h]; named {
		return rule(year)
	}
	if d, err := ParseDate(string(h)); err == nil && d.Year == year {
		return d
	}
	return Date{}
}

// Calendar is a setting: the holidays that are days off.
type Calendar []Holiday

// publicHolidaysWord is the word for all of PublicHolidays in the text of a Calendar.
const publicHolidaysWord = "public"

// PublicHolidays returns the calendar of most Dutch employers. It does not have Good Friday, and
// has Liberation Day once in five years. Both can be added.
func PublicHolidays() Calendar {
	return Calendar{NewYearsDay, EasterMonday, KingsDay, FifthLiberationDay, AscensionDay, WhitMonday, ChristmasDay, BoxingDay}
}

// UnmarshalText reads holidays with commas between them: their names, "public" for all of
// PublicHolidays, and dates: "public, good-friday, 2026-12-24". Capitals and empty parts do not
// matter, and empty text is an empty calendar. The error names the part that is no holiday, and
// lists the names that are.
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

// IsDayOff reports whether d is a day off.
func (c Calendar) IsDayOff(d Date) bool {
	return !d.IsZero() && slices.ContainsFunc(c, func(h Holiday) bool { return h.DateIn(d.Year) == d })
}

// easter returns Easter Sunday in the Gregorian calendar, by the algorithm of Meeus, Jones and
// Butcher (J. Meeus, Astronomical Algorithms, chapter 8).
func easter(year int) Date {
	a := year % 19 // the place in the moon's cycle of nineteen years
	b, c := year/100, year%100
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - b/4 - g + 15) % 30 // days from 21 March to the full moon
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return Date{year, time.Month(n / 31), n%31 + 1}
}
