package dutch

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"loket/flows/text"
)

// TimeOfDay is a time of day in minutes after midnight: 8*Hour+30 is half past eight in the morning.
type TimeOfDay int

// Hour is one hour, in the unit of TimeOfDay.
const Hour TimeOfDay = 60

// clockText returns the time in Dutch and English, such as "8.00" and "8:00".
func (c TimeOfDay) clockText() text.Text {
	return text.New(fmt.Sprintf("%d.%02d", c/Hour, c%Hour), fmt.Sprintf("%d:%02d", c/Hour, c%Hour))
}

// parseClock parses a time such as "7:00". It returns -1 if s is not a time.
func parseClock(s string) TimeOfDay {
	hours, minutes, _ := strings.Cut(s, ":")
	h, errHours := strconv.ParseUint(hours, 10, 8)
	m, errMinutes := strconv.ParseUint(minutes, 10, 8)
	if errHours != nil || errMinutes != nil || m >= uint64(Hour) {
		return -1
	}
	return TimeOfDay(h)*Hour + TimeOfDay(m)
}

// timeOfDayAt returns the time of day in Amsterdam at the time t.
func timeOfDayAt(t time.Time) TimeOfDay {
	t = t.In(AmsterdamZone)
	return TimeOfDay(t.Hour())*Hour + TimeOfDay(t.Minute())
}
