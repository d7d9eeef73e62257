package desk

import (
	"testing"
	"time"

	"loket/flows/dutch"
)

// TestEndOf tests three weeks over the end of summer time, and half a day more.
func TestEndOf(t *testing.T) {
	day := dutch.Date{Year: 2026, Month: time.October, Day: 12}
	for after, want := range map[time.Duration]string{
		0:                   "2026-10-13 00:00",
		21 * 24 * time.Hour: "2026-11-03 00:00",
		36 * time.Hour:      "2026-10-14 12:00",
	} {
		if got := endOf(day, after).In(dutch.Amsterdam).Format("2006-01-02 15:04"); got != want {
			t.Errorf("%v after %v is %s, want %s", after, day, got, want)
		}
	}
}
