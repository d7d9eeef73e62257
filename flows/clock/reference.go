package clock

import "time"

// The clock of a machine can be wrong: its battery is empty, its time server is wrong, or
// somebody set it. So it is compared with a reference time that was right before. While the
// process runs, the monotonic clock moves the reference time forward. Package timekeeping
// stores it for the next process.

// Status says whether the clock of the machine is plausible.
type Status string

const (
	StatusRight  Status = "right"  // within the bounds below
	StatusBehind Status = "behind" // further behind the reference time than the bound
	StatusAhead  Status = "ahead"  // further ahead of the reference time than the bound
)

// How far the clock of a machine may be off the reference time.
const (
	MaxBehind = time.Hour           // a clock that was set by hand, or of another machine
	MaxAhead  = 31 * 24 * time.Hour // the desk may have been closed meanwhile
)

// Compare compares the time that a clock says with a reference time.
func Compare(says, moment time.Time) Status {
	switch off := says.Sub(moment); {
	case off < -MaxBehind:
		return StatusBehind
	case off > MaxAhead:
		return StatusAhead
	}
	return StatusRight
}

// referenceTime is a reference time, and the monotonic time at which it was set.
type referenceTime struct{ moment, markedAt time.Time }

// now returns the reference time, with the time that passed since it was set.
func (b *referenceTime) now() time.Time { return b.moment.Add(time.Since(b.markedAt)) }

// SetReference sets the reference time: moment is now. A clock without a reference time, such as
// that of a sandbox, is always right.
func (c *Clock) SetReference(moment time.Time) {
	c.reference.Store(&referenceTime{moment.Round(0), MonotonicNow()})
}

// ReferenceNow returns the reference time by now, or the machine's time if no reference was set.
func (c *Clock) ReferenceNow() time.Time {
	b := c.reference.Load()
	if b == nil {
		return c.MachineNow()
	}
	return b.now()
}

// NowAndStatus returns the same time as Now, and whether the clock was plausible at that instant.
func (c *Clock) NowAndStatus() (now time.Time, v Status) {
	b, machine := c.reference.Load(), c.MachineNow()
	if b == nil {
		return machine, StatusRight
	}
	moment := b.now()
	if v = Compare(machine, moment); v == StatusBehind {
		return moment, v
	}
	return machine, v
}

// IsPlausible reports whether the clock of the machine is plausible.
func (c *Clock) IsPlausible() bool {
	_, v := c.NowAndStatus()
	return v == StatusRight
}

// maxKernelDifference bounds the difference between the kernel's time and c. If it is larger, c reads
// another clock than the kernel's.
const maxKernelDifference = time.Minute

// IsSynchronised reports whether the kernel's clock is synchronised, for example by NTP, and c reads
// that clock.
func (c *Clock) IsSynchronised() bool {
	says, synchronised := c.readKernel()
	return synchronised && says.Sub(c.MachineNow()).Abs() < maxKernelDifference
}
