package dutch

import (
	"time"
	_ "time/tzdata" // a kiosk may run on a machine without time zones
)

// Amsterdam is the time zone of every date and hour here.
var Amsterdam = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // only if ZONEINFO names something broken
	}
	return zone
}()
