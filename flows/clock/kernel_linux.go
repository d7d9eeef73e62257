package clock

import (
	"time"

	"golang.org/x/sys/unix"
)

// readKernelClock returns the kernel's time, and reports whether a time server keeps it right (adjtimex(2)). It returns false
// if the clock was set by hand, if the time server has been silent for hours, or if the system call fails.
func readKernelClock() (says time.Time, synchronised bool) {
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
