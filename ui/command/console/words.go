package console

import (
	"fmt"
	"strconv"
	"time"
)

// Count is how many there are of something, written with a comma before every three digits.
type Count int

// String writes the count with commas.
func (n Count) String() string {
	s := strconv.Itoa(int(n))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// CountText returns a count of things, in words.
func CountText(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return Count(n).String() + " " + thing
}

// MinuteText returns t without its seconds, and nothing of the zero time.
func MinuteText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

// Megabytes returns a size in words.
func Megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }
