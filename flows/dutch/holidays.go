package dutch

import (
	"slices"
	"time"
)

// Holiday is the date of a holiday in a year, or the zero Date in a year that
// does not keep it. The rules are those of today, for years before them too.
type Holiday func(year int) Date

// Calendar is the holidays that are days off: a setting.
type Calendar []Holiday

// PublicHolidays is the calendar of most Dutch employers. Good Friday is not in
// it, and can be added: append(PublicHolidays(), GoodFriday).
func PublicHolidays() Calendar {
	return Calendar{NewYearsDay, EasterMonday, KingsDay, LiberationDay, AscensionDay, WhitMonday, ChristmasDay, BoxingDay}
}

// Off reports whether d is a day off.
func (c Calendar) Off(d Date) bool {
	return slices.ContainsFunc(c, func(h Holiday) bool { return h(d.Year) == d })
}

// NewYearsDay is 1 January.
func NewYearsDay(year int) Date { return Date{year, time.January, 1} }

// GoodFriday is two days before Easter.
func GoodFriday(year int) Date { return easter(year).AddDays(-2) }

// EasterMonday is the day after Easter.
func EasterMonday(year int) Date { return easter(year).AddDays(1) }

// KingsDay is 27 April, or the day before if that is a Sunday.
func KingsDay(year int) Date {
	d := Date{year, time.April, 27}
	if d.Weekday() == time.Sunday {
		return d.AddDays(-1)
	}
	return d
}

// LiberationDay is 5 May, a day off once in five years: in 2025, in 2030.
func LiberationDay(year int) Date {
	if year%5 != 0 {
		return Date{}
	}
	return Date{year, time.May, 5}
}

// AscensionDay is the Thursday 39 days after Easter.
func AscensionDay(year int) Date { return easter(year).AddDays(39) }

// WhitMonday is 50 days after Easter.
func WhitMonday(year int) Date { return easter(year).AddDays(50) }

// ChristmasDay is 25 December.
func ChristmasDay(year int) Date { return Date{year, time.December, 25} }

// BoxingDay is 26 December, Tweede Kerstdag.
func BoxingDay(year int) Date { return Date{year, time.December, 26} }

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
