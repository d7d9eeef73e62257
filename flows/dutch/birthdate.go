package dutch

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Errors about birth dates, besides ErrNotADate and ErrNoSuchDay.
var (
	ErrShortYear        = errors.New("year of two digits")
	ErrFutureDate       = errors.New("date in the future")
	ErrTooOld           = errors.New("date over 120 years ago")
	ErrYearOnly         = errors.New("year alone")
	ErrUnknownBirthDate = errors.New("not even the year is known")
)

// UnknownBirthDate is the birth date, in the import format, of people whose birth date is completely unknown.
const UnknownBirthDate = "0000-00-00"

// OldestAge is the highest age in years that is accepted. Nobody in the Netherlands has become older.
const OldestAge = 120

var (
	birthDatePattern      = regexp.MustCompile(`^[0-9A-Za-z ./,'’\\_:;-]+$`)
	beforeDayPattern      = regexp.MustCompile(`(?i)^(?:(?:op|on|de|the|(?:maan|dins|woens|donder|vrij|zater|zon|mon|tues|wednes|thurs|fri|satur|sun)(?:dag|day))[, ]+)+`)
	dayOrdinalPattern     = regexp.MustCompile(`(?i)\b([0-9]{1,2}) ?(?:ste|de|e|st|nd|rd|th)\b(?: (?:van|of))?`)
	yearPattern           = regexp.MustCompile(`^[0-9]{4}$`)
	birthDatePartsPattern = regexp.MustCompile(`[0-9]+|[A-Za-z]+`)
)

// ParseBirthDate parses a birth date as people type it. It accepts day, month and year with any separators (1-2-1980,
// 01/02/1980, 1.2.1980, 1 2 1980, 01021980), the year first (1980-02-01, 19800201), and the name or abbreviation of the month
// in Dutch or English (1 februari 1980, 1 feb. 1980, February 1, 1980).
//
// If identity papers leave the day open, or the day and the month, people may type zeros or X's instead (00-05-1950,
// 00-00-1950, XX-XX-1950); these parts become 0. The error is ErrNotADate, ErrShortYear, ErrNoSuchDay, ErrFutureDate, ErrTooOld,
// ErrYearOnly or ErrUnknownBirthDate.
func ParseBirthDate(s string, today Date) (Date, error) {
	s = beforeDayPattern.ReplaceAllString(StripAnswerLabel(s), "")
	s = dayOrdinalPattern.ReplaceAllString(s, "$1")
	if !birthDatePattern.MatchString(s) {
		return Date{}, ErrNotADate
	}
	parts := birthDatePartsPattern.FindAllString(s, -1)
	for i, part := range parts {
		if strings.Trim(part, "Xx") == "" {
			parts[i] = map[bool]string{false: "00", true: "0000"}[len(part) == len("XXXX")]
		}
	}
	if len(parts) == 1 && yearPattern.MatchString(parts[0]) {
		return Date{}, ErrYearOnly
	}
	parts = orderDateParts(parts)
	if len(parts) == 3 && len(parts[2]) == 2 && isDigit(parts[2][0]) && parts[2] > lastTwoDigits(today.Year) {
		parts[2] = "19" + parts[2] // A year of two digits that has not come in this century must be from the last century.
	}
	d, err := parseDateParts(parts)
	if err == nil {
		err = d.checkBirthDate(today)
	}
	if err != nil {
		return Date{}, err
	}
	return d, nil
}

// ParseImportedBirthDate parses only the import format, such as "1980-02-01". The day can be 00, the day and the month can be 00, and
// the whole date can be unknown (0000-00-00). The errors are those of ParseBirthDate. ErrUnknownBirthDate comes with a valid result,
// the zero Date.
func ParseImportedBirthDate(s string, today Date) (d Date, err error) {
	if !hasDateForm(s) {
		return Date{}, ErrNotADate
	}
	if d, err = parseDateParts(orderDateParts(strings.Split(s, "-"))); err != nil {
		return Date{}, err
	}
	return d, d.checkBirthDate(today)
}

// checkBirthDate returns an error if nobody can have been born on d, or if d is unknown.
func (d Date) checkBirthDate(today Date) error {
	switch {
	case d == Date{}:
		return ErrUnknownBirthDate
	case today.Before(d):
		return ErrFutureDate
	case d.Before(today.AddMonths(-OldestAge * 12)):
		return ErrTooOld
	}
	return nil
}

// lastTwoDigits returns the last two digits of a year.
func lastTwoDigits(year int) string { return fmt.Sprintf("%02d", year%100) }

// orderDateParts arranges the parts of a date in the order day, month, year.
func orderDateParts(parts []string) []string {
	if len(parts) == 1 {
		parts = splitDateDigits(parts[0])
	}
	switch {
	case len(parts) != 3:
		return nil
	case len(parts[0]) == 4 && isDigit(parts[0][0]):
		slices.Reverse(parts)
	case !isDigit(parts[0][0]):
		parts[0], parts[1] = parts[1], parts[0]
	}
	return parts
}

// splitDateDigits splits a date of six or eight digits, such as 01021980, 19800201 or 010280. The last four of eight digits are
// the year, unless only the first four lie between 1900 and 2099. If both groups do, the last four cannot be a month and a
// day, because no month is 19 or 20.
func splitDateDigits(s string) []string {
	recent := func(year string) bool { return "1900" <= year && year <= "2099" }
	switch {
	case len(s) == 8 && recent(s[:4]) && !recent(s[4:]):
		return splitIntoSizes(s, 4, 2)
	case len(s) == 8:
		return splitIntoSizes(s, 2, 2, 4)
	case len(s) == 6:
		return splitIntoSizes(s, 2)
	}
	return nil
}

// parseDateParts returns the date of a day, a month and a year.
func parseDateParts(parts []string) (Date, error) {
	if len(parts) != 3 {
		return Date{}, ErrNotADate
	}
	day, dayOK := parseTwoDigits(parts[0])
	month, monthOK := parseMonth(parts[1])
	year, err := strconv.Atoi(parts[2])
	if err != nil || !dayOK || !monthOK {
		return Date{}, ErrNotADate
	}
	switch len(parts[2]) {
	case 4:
	case 2:
		return Date{}, ErrShortYear
	default:
		return Date{}, ErrNotADate
	}
	if d := (Date{year, month, day}); d.isValid() || d.hasUnknownParts() {
		return d, nil
	}
	return Date{}, ErrNoSuchDay
}

// hasUnknownParts reports whether d leaves the day open, the day and the month, or the whole date, as some identity papers do.
func (d Date) hasUnknownParts() bool {
	year, month := 1 <= d.Year && d.Year <= 9999, time.January <= d.Month && d.Month <= time.December
	return d.Day == 0 && (year && month || d.Month == 0 && (year || d.Year == 0))
}

// parseTwoDigits parses a number of one or two digits.
func parseTwoDigits(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && len(s) <= 2
}

// shortMonths has names of months that are not the beginning of the full name: the Dutch abbreviation of maart, and frequent
// misspellings.
var shortMonths = map[string]time.Month{"mrt": time.March, "febuari": time.February, "feburary": time.February, "agustus": time.August}

// parseMonth parses a month: a number, at least three letters of its name, or a name in shortMonths.
func parseMonth(s string) (time.Month, bool) {
	if n, ok := parseTwoDigits(s); ok {
		return time.Month(n), true
	}
	s = strings.ToLower(s)
	if month, is := shortMonths[s]; is {
		return month, true
	}
	for i, nl := range monthsNL {
		month := time.Month(i + 1)
		en := strings.ToLower(month.String())
		if len(s) >= 3 && (strings.HasPrefix(nl, s) || strings.HasPrefix(en, s)) {
			return month, true
		}
	}
	return 0, false
}
