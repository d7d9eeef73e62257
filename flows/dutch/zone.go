package dutch

import (
	"time"
	_ "time/tzdata" // The time zones are compiled in, because a kiosk may run on a machine without them.
)

// Amsterdam is the time zone of all dates and times in this package.
var Amsterdam = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // This can happen only if the environment variable ZONEINFO is wrong.
	}
	return zone
}()
