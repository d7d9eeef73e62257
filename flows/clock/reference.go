package clock

import "time"

// A machine's clock can be wrong: because its battery is empty, its time server is wrong, or somebody set it. So the clock is
// compared with a reference time that was right at an earlier moment. While the process runs, the monotonic clock moves the
// reference time forward. Package timekeeping stores the reference time for the next process.

// Status says whether the machine's clock is plausible.
type Status string

const (
	StatusRight  Status = "right"  // StatusRight means that the clock is within MaxBehind and MaxAhead.
	StatusBehind Status = "behind" // StatusBehind means that the clock is more than MaxBehind behind the reference time.
	StatusAhead  Status = "ahead"  // StatusAhead means that the clock is more than MaxAhead ahead of the reference time.
)

// The largest plausible differences between a machine's clock and the reference time.
const (
	MaxBehind = time.Hour           // MaxBehind allows for a clock that was set by hand, or for the clock of another machine.
	MaxAhead  = 31 * 24 * time.Hour // MaxAhead allows for the time that the desk may have been closed.
)

// CompareWithReference returns the status of a clock that shows the time says, compared with the reference time moment.
func CompareWithReference(says, moment time.Time) Status {
	switch off := says.Sub(moment); {
	case off < -MaxBehind:
		return StatusBehind
	case off > MaxAhead:
		return StatusAhead
	}
	return StatusRight
}

// referenceTime is a reference time with the monotonic time at which it was set.
type referenceTime struct{ moment, setAt time.Time }

// presentTime returns the reference time plus the time that has passed since it was set.
func (b *referenceTime) presentTime() time.Time { return b.moment.Add(time.Since(b.setAt)) }

// SetReference sets the reference time to moment, which is the present time. A clock without a reference time, such as that of
// the demo, always counts as right.
func (c *Clock) SetReference(moment time.Time) {
	c.reference.Store(&referenceTime{moment.Round(0), MonotonicNow()})
}

// ReferenceNow returns the present reference time, or the machine's time if no reference time was set.
func (c *Clock) ReferenceNow() time.Time {
	b := c.reference.Load()
	if b == nil {
		return c.MachineNow()
	}
	return b.presentTime()
}

// NowAndStatus returns the same time as Now, with the status of the machine's clock at that instant.
func (c *Clock) NowAndStatus() (now time.Time, v Status) {
	b, machine := c.reference.Load(), c.MachineNow()
	if b == nil {
		return machine, StatusRight
	}
	moment := b.presentTime()
	if v = CompareWithReference(machine, moment); v == StatusBehind {
		return moment, v
	}
	return machine, v
}

// IsPlausible reports whether the machine's clock is plausible.
func (c *Clock) IsPlausible() bool {
	_, v := c.NowAndStatus()
	return v == StatusRight
}

// maxKernelDifference is the largest difference between the kernel's time and that of a Clock which reads the kernel's clock.
// If the difference is larger, the Clock reads another clock.
const maxKernelDifference = time.Minute

// IsSynchronised reports whether c reads the kernel's clock, and the kernel's clock is synchronised, for example by NTP.
func (c *Clock) IsSynchronised() bool {
	says, synchronised := c.readKernel()
	return synchronised && says.Sub(c.MachineNow()).Abs() < maxKernelDifference
}
