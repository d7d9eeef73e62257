package dutch

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"time"

	"loket/flows/text"
)

// Date is a calendar day without a time zone. Dates can be compared with ==. The zero Date means no date. In text and JSON a
// date has the form "1980-02-01"; the zero Date is empty.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns the date of a year, month and day. It normalises days and months that are out of range, as time.Date does:
// 31 April becomes 1 May.
func NewDate(year int, month time.Month, day int) Date {
	year, month, day = time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Date()
	return Date{year, month, day}
}

// DateOf returns the date in Amsterdam at the time t.
func DateOf(t time.Time) Date {
	year, month, day := t.In(AmsterdamZone).Date()
	return Date{year, month, day}
}

// ErrNotADate and ErrNoSuchDay are errors of all functions that parse dates.
var (
	ErrNotADate  = errors.New("not a date")
	ErrNoSuchDay = errors.New("no such day in the calendar")
)

// ParseDate parses a date in the format of imports and of MarshalText, such as "1980-02-01", in the years 0001 to 9999. The
// error is ErrNotADate or ErrNoSuchDay.
func ParseDate(s string) (Date, error) {
	if !hasDateForm(s) {
		return Date{}, ErrNotADate
	}
	year, _ := strconv.Atoi(s[:4])
	month, _ := strconv.Atoi(s[5:7])
	day, _ := strconv.Atoi(s[8:])
	d := Date{year, time.Month(month), day}
	if !d.isValid() {
		return Date{}, ErrNoSuchDay
	}
	return d, nil
}

// hasDateForm reports whether s has the form of "1980-02-01". It is written by hand because a regular expression takes ten
// times as long, and an import contains many dates.
func hasDateForm(s string) bool {
	if len(s) != len(time.DateOnly) {
		return false
	}
	for i := range len(s) {
		dash, digit := i == 4 || i == 7, '0' <= s[i] && s[i] <= '9'
		if dash && s[i] != '-' || !dash && !digit {
			return false
		}
	}
	return true
}

// isValid reports whether d exists in the calendar, in the years 1 to 9999.
func (d Date) isValid() bool {
	return 1 <= d.Year && d.Year <= 9999 && NewDate(d.Year, d.Month, d.Day) == d
}

// IsZero reports whether d is the zero Date, which means no date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date in the form "1980-02-01", or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText returns the same text as String. It returns an error if the day does not exist.
func (d Date) MarshalText() ([]byte, error) {
	if !d.IsZero() && !d.isValid() {
		return nil, fmt.Errorf("write date %v: %w", d, ErrNoSuchDay)
	}
	return []byte(d.String()), nil
}

// UnmarshalText parses the text that MarshalText returns.
func (d *Date) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

// Compare returns a negative number if d is before e, a positive number if d is after e, and 0 if they are equal.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d is before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// AddDays returns the date n days later, or earlier if n is negative.
func (d Date) AddDays(n int) Date { return NewDate(d.Year, d.Month, d.Day+n) }

// AddMonths returns the same day n months later, or earlier if n is negative. If the month lacks that day, it returns the last
// day of the month: one month after 31 January is 28 February.
func (d Date) AddMonths(n int) Date {
	last := NewDate(d.Year, d.Month+time.Month(n)+1, 0)
	last.Day = min(d.Day, last.Day)
	return last
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
}

// TimeAt returns the instant at which the clocks in Amsterdam show c on this date.
func (d Date) TimeAt(c TimeOfDay) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, int(c), 0, 0, AmsterdamZone)
}

var (
	monthsNL = [...]string{"januari", "februari", "maart", "april", "mei", "juni",
		"juli", "augustus", "september", "oktober", "november", "december"}
	weekdaysNL = [...]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"}
)

// LongText returns the date in words, such as "22 november 2026" and "22 November 2026". The zero Date gives empty texts.
func (d Date) LongText() text.Text {
	if !d.isValid() {
		return text.Text{}
	}
	return text.New(
		fmt.Sprintf("%d %s %d", d.Day, monthsNL[d.Month-1], d.Year),
		fmt.Sprintf("%d %s %d", d.Day, d.Month, d.Year),
	)
}

// LongWeekdayText returns the date in words with its weekday, such as "zondag 22 november 2026" and "Sunday 22 November 2026".
// The zero Date gives empty texts.
func (d Date) LongWeekdayText() text.Text {
	if !d.isValid() {
		return text.Text{}
	}
	long := d.LongText()
	return text.New(weekdaysNL[d.Weekday()]+" "+long.NL, d.Weekday().String()+" "+long.EN)
}
