package clock

import "time"

// The clock of a machine can be wrong: its battery is empty, its time server is wrong, or
// somebody set it. So it is compared with a reference time that was right before. While the
// process runs, the monotonic clock moves the reference time forward. Package timekeeping
// stores it for the next process.

// Verdict says whether the clock of the machine is plausible.
type Verdict string

const (
	Right  Verdict = "right"  // within the bounds below
	Behind Verdict = "behind" // further behind the reference time than the bound
	Ahead  Verdict = "ahead"  // further ahead of the reference time than the bound
)

// How far the clock of a machine may be off the reference time.
const (
	MostBehind = time.Hour           // a clock that was set by hand, or of another machine
	MostAhead  = 31 * 24 * time.Hour // the desk may have been closed meanwhile
)

// Compare compares the time that a clock says with a reference time.
func Compare(says, moment time.Time) Verdict {
	switch off := says.Sub(moment); {
	case off < -MostBehind:
		return Behind
	case off > MostAhead:
		return Ahead
	}
	return Right
}

// belief is a reference time, and the monotonic time at which it was set.
type belief struct{ moment, at time.Time }

// now returns the reference time, with the time that passed since it was set.
func (b *belief) now() time.Time { return b.moment.Add(time.Since(b.at)) }

// Anchor sets the reference time: moment is now. A clock without a reference time, such as
// that of a sandbox, is always right.
func (c *Clock) Anchor(moment time.Time) { c.belief.Store(&belief{moment.Round(0), Mark()}) }

// Moment returns the reference time by now, or the machine's time if no reference was set.
func (c *Clock) Moment() time.Time {
	b := c.belief.Load()
	if b == nil {
		return c.Machine()
	}
	return b.now()
}

// Judge returns the same time as Now, and whether the clock was plausible at that instant.
func (c *Clock) Judge() (now time.Time, v Verdict) {
	b, machine := c.belief.Load(), c.Machine()
	if b == nil {
		return machine, Right
	}
	moment := b.now()
	if v = Compare(machine, moment); v == Behind {
		return moment, v
	}
	return machine, v
}

// Believed reports whether the clock of the machine is plausible.
func (c *Clock) Believed() bool {
	_, v := c.Judge()
	return v == Right
}

// agreement bounds the difference between the kernel's time and c. If it is larger, c reads
// another clock than the kernel's.
const agreement = time.Minute

// Vouched reports whether the kernel's clock is synchronised, for example by NTP, and c reads
// that clock.
func (c *Clock) Vouched() bool {
	says, synchronised := c.kernel()
	return synchronised && says.Sub(c.Machine()).Abs() < agreement
}
