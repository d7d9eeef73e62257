package clock

import "time"

// The clock of a machine can be wrong: a dead battery, a wrong time server, a hand. So
// it is held against a moment that was believed before, which the monotonic clock
// moves on while the process runs. How that moment is kept over the life of a process
// is for package timekeeping.

// Verdict is what is thought of the clock of the machine.
type Verdict string

const (
	Right  Verdict = "right"  // as far as anybody knows
	Behind Verdict = "behind" // the believed moment by more than MostBehind
	Ahead  Verdict = "ahead"  // of the believed moment by more than MostAhead
)

// How far the clock of a machine may be off the believed moment.
const (
	MostBehind = time.Hour           // one that was set by hand, or is of another machine
	MostAhead  = 31 * 24 * time.Hour // a desk that was closed
)

// Compare holds what a clock says against a believed moment.
func Compare(says, moment time.Time) Verdict {
	switch off := says.Sub(moment); {
	case off < -MostBehind:
		return Behind
	case off > MostAhead:
		return Ahead
	}
	return Right
}

// belief is a believed moment, and when that was by the monotonic clock.
type belief struct{ moment, at time.Time }

// now is the believed moment, moved on by what was measured since.
func (b *belief) now() time.Time { return b.moment.Add(time.Since(b.at)) }

// Anchor has c judged by a moment that is believed to be now. One that was never
// anchored is always right, as that of a sandbox is.
func (c *Clock) Anchor(moment time.Time) { c.belief.Store(&belief{moment.Round(0), Mark()}) }

// Moment is the believed moment, as far as the monotonic clock moved it on.
func (c *Clock) Moment() time.Time {
	b := c.belief.Load()
	if b == nil {
		return c.Machine()
	}
	return b.now()
}

// Judge is Now, and what was thought of the clock at that instant.
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

// Believed reports whether the clock of the machine is believed.
func (c *Clock) Believed() bool {
	_, v := c.Judge()
	return v == Right
}

// agreement is how far what the kernel says may be from what c says for the kernel to
// vouch for it. More says that c reads another clock.
const agreement = time.Minute

// Vouched reports whether the kernel says that its clock is synchronised, such as by
// NTP, and that is what c says.
func (c *Clock) Vouched() bool {
	says, synchronised := c.kernel()
	return synchronised && says.Sub(c.Machine()).Abs() < agreement
}
