package dutch

import "time"

// IsWorkingDay reports whether d is a day from Monday to Friday and not a day off.
func (c HolidayCalendar) IsWorkingDay(d Date) bool {
	day := d.Weekday()
	return day != time.Saturday && day != time.Sunday && !c.IsDayOff(d)
}

// AddWorkingDays returns the n-th working day after d, or d itself if n is below 1. d need not be a working day. For example,
// a letter that takes up to five working days and is posted on a Friday has arrived by the next Friday (F2, F3, X3).
func (c HolidayCalendar) AddWorkingDays(d Date, n int) Date {
	for n > 0 {
		d = d.AddDays(1)
		if c.IsWorkingDay(d) {
			n--
		}
	}
	return d
}
