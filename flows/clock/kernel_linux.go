package clock

import (
	"time"

	"golang.org/x/sys/unix"
)

// kernel asks the kernel what time it is, and whether a time server keeps that right
// (adjtimex(2)): setting the clock by hand ends that, and so does a server that is
// silent for hours. A kernel that does not answer says that it is not.
func kernel() (says time.Time, synchronised bool) {
	var t unix.Timex
	state, err := unix.Adjtimex(&t)
	if err != nil || state == unix.TIME_ERROR || t.Status&unix.STA_UNSYNC != 0 {
		return says, false
	}
	fraction := time.Duration(t.Time.Usec) * time.Microsecond
	if t.Status&unix.STA_NANO != 0 {
		fraction = time.Duration(t.Time.Usec)
	}
	return time.Unix(int64(t.Time.Sec), 0).Add(fraction), true
}
