package console

import (
	"fmt"
	"strconv"
	"time"
)

// count is how many there are of something, written with a comma before every three digits.
type Count int

func (n Count) String() string {
	s := strconv.Itoa(int(n))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// some is a count of things.
func Some(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return Count(n).String() + " " + thing
}

// minute is t without its seconds.
func Minute(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2006-01-02 15:04")
}

func Megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }
