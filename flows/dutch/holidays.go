package dutch

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Holiday is a day off: one of the names below, or a date that is one once,
// "2026-12-24".
type Holiday string

// The holidays that have a name. The rules are those of today, for years before
// them too.
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

// holidays returns the date of each in a year, or the zero Date in a year that
// does not keep it.
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

// On is the date of h in a year, or the zero Date in a year that does not keep it.
func (h Holiday) On(year int) Date {
	if rule, named := holidays[h]; named {
		return rule(year)
	}
	if d, err := ParseDate(string(h)); err == nil && d.Year == year {
		return d
	}
	return Date{}
}

// Calendar is the holidays that are days off: a setting.
type Calendar []Holiday

// publicHolidaysName stands for PublicHolidays in the text of a Calendar.
const publicHolidaysName = "public"

// PublicHolidays is the calendar of most Dutch employers. Good Friday is not in
// it, and Liberation Day once in five years; both can be added.
func PublicHolidays() Calendar {
	return Calendar{NewYearsDay, EasterMonday, KingsDay, FifthLiberationDay, AscensionDay, WhitMonday, ChristmasDay, BoxingDay}
}

// UnmarshalText reads holidays with commas between them: their names, "public"
// for all of PublicHolidays, and dates: "public, good-friday, 2026-12-24". Capitals
// and empty parts do not matter, and empty text is a calendar without any. The
// error names what is no holiday, and all that could stand there.
func (c *Calendar) UnmarshalText(text []byte) error {
	var read Calendar
	for name := range strings.SplitSeq(strings.ToLower(string(text)), ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		several, err := parseHoliday(name)
		if err != nil {
			return err
		}
		read = append(read, several...)
	}
	*c = read
	return nil
}

func parseHoliday(name string) (Calendar, error) {
	if name == publicHolidaysName {
		return PublicHolidays(), nil
	}
	_, named := holidays[Holiday(name)]
	if _, err := ParseDate(name); err != nil && !named {
		known := fmt.Sprint(slices.Sorted(maps.Keys(holidays)))
		return nil, fmt.Errorf("%q is no holiday: a holiday is a date such as 2026-12-24, %s, or one of %s", name, publicHolidaysName, strings.Trim(known, "[]"))
	}
	return Calendar{Holiday(name)}, nil
}

// IsDayOff reports whether d is a day off.
func (c Calendar) IsDayOff(d Date) bool {
	return !d.IsZero() && slices.ContainsFunc(c, func(h Holiday) bool { return h.On(d.Year) == d })
}

// easter is Easter Sunday in the Gregorian calendar, by the algorithm of Meeus,
// Jones and Butcher (J. Meeus, Astronomical Algorithms, chapter 8).
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
