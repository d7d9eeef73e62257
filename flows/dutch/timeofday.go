package dutch

import (
	"fmt"
	"time"

	"loket/flows/text"
)

// Clock is a time of day in minutes after midnight: 8*Hour+30 is half past eight.
type Clock int

// Hour is an hour on the clock.
const Hour Clock = 60

// text returns "8.00" and "8:00".
func (c Clock) text() text.Text {
	return text.New(fmt.Sprintf("%d.%02d", c/Hour, c%Hour), fmt.Sprintf("%d:%02d", c/Hour, c%Hour))
}

// clockOf is the time of day in Amsterdam at t.
func clockOf(t time.Time) Clock {
	t = t.In(Amsterdam)
	return Clock(t.Hour())*Hour + Clock(t.Minute())
}
