// Package timespan parses and formats durations as operators write them. It adds days and years to the units of package time,
// as in 30d, 7y and 1d12h.
//
// A year has 366 days, so that records that must be kept for years are never removed a day early. Start at Parse.
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

// yearsDaysPattern matches years and days at the beginning of a duration.
var yearsDaysPattern = regexp.MustCompile(`^(?:(\d{1,6})y)?(?:(\d{1,6})d)?`)

// Parse parses a duration such as 90s, 36h, 30d or 1y12h.
func Parse(s string) (time.Duration, error) {
	found := yearsDaysPattern.FindStringSubmatch(s)
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

// Format formats a duration as Parse reads it, in years, in days, or in the units of package time.
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
