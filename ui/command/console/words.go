package console

import (
	"fmt"
	"strconv"
	"time"

	"loket/flows/dutch"
)

// Count is a number of things. It is printed with a comma before every three digits.
type Count int

// String writes the count with commas.
func (n Count) String() string {
	s := strconv.Itoa(int(n))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// CountText returns a count with its noun, such as "1 customer" or "2 customers".
func CountText(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return Count(n).String() + " " + thing
}

// InAmsterdam returns a time in the zone in which commands and logs show all times. The zero time stays zero.
func InAmsterdam(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(dutch.AmsterdamZone)
}

// FormatToMinute returns the date, hour, minute and zone of t in Amsterdam, or "" if t is the zero time.
func FormatToMinute(t time.Time) string { return formatTime(t, "2006-01-02 15:04 MST") }

// FormatToSecond returns FormatToMinute with seconds.
func FormatToSecond(t time.Time) string { return formatTime(t, "2006-01-02 15:04:05 MST") }

func formatTime(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(dutch.AmsterdamZone).Format(layout)
}

// Megabytes returns a size in bytes as text in megabytes, such as "1.5 MB".
func Megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }
