// Package timespan reads and writes lengths of time as an operator does: those of package time,
// and days and years before them, as in 30d, 7y and 1d12h.
//
// A year has 366 days, so that what must be kept for years is never gone a day early. Start at
// Parse.
package timespan

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	day  = 24 * time.Hour
	year = 366 * day
)

// longUnits matches years and days at the beginning of a length of time.
var longUnits = regexp.MustCompile(`^(?:(\d{1,6})y)?(?:(\d{1,6})d)?`)

// Parse reads a length of time.
func Parse(s string) (time.Duration, error) {
	found := longUnits.FindStringSubmatch(s)
	rest, total := s[len(found[0]):], time.Duration(0)
	for i, unit := range []time.Duration{year, day} {
		if found[i+1] == "" {
			continue
		}
		count, err := strconv.Atoi(found[i+1])
		if err != nil || time.Duration(count) > (1<<63-1-total)/unit {
			return 0, fmt.Errorf("%q is longer than can be counted", s)
		}
		total += time.Duration(count) * unit
	}
	if rest == "" && s != "" {
		return total, nil
	}
	short, err := time.ParseDuration(rest)
	if err != nil || short < 0 && total > 0 {
		return 0, fmt.Errorf("%q is not a length of time, such as 90s, 15m, 36h, 30d or 7y", s)
	}
	if short > 1<<63-1-total {
		return 0, fmt.Errorf("%q is longer than can be counted", s)
	}
	return total + short, nil
}

// Format writes a length of time as Parse reads it, in the units that suit it.
func Format(d time.Duration) string {
	switch {
	case d >= year && d%year == 0:
		return fmt.Sprintf("%dy", d/year)
	case d >= 2*day && d%day == 0:
		return fmt.Sprintf("%dd", d/day)
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
