package dutch

import (
	"time"
	_ "time/tzdata" // This import compiles the time zones in, because a kiosk may run on a machine without them.
)

// AmsterdamZone is the time zone of all dates and times in this package.
var AmsterdamZone = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // Loading fails only if the environment variable ZONEINFO names an invalid file.
	}
	return zone
}()
