package timekeeping

import (
	"time"

	"loket/flows/clock"
	"loket/store"
)

// How long a clock that the kernel does not vouch for must run before the believed moment
// follows it. The monotonic clock measures that, over any number of starts.
const (
	ToSettle = 24 * time.Hour     // for a clock that agrees with the believed moment, or while that moment is not proven right
	ToTrust  = 7 * 24 * time.Hour // for any other clock
)

// alike is how far a clock may be ahead of the believed moment and count as the same. It
// is small, so that an attacker cannot advance the moment by much at each check.
const alike = time.Minute

// seen is what a process observes of the clock of its machine.
type seen struct {
	says    time.Time     // the time of the clock
	moment  time.Time     // the believed moment, advanced by the measured time
	ran     time.Duration // the measured time since the process last stored the moment
	vouched bool          // the kernel vouches for the clock
}

// next returns the record after r. Its moment never goes back, unless the kernel vouches
// for the clock that is behind, or that clock has run for long enough.
func next(r store.MomentRecord, known bool, s seen) store.MomentRecord {
	switch {
	case !known:
		return set(r, s.says, s.vouched)
	case s.vouched:
		return set(r, s.says, true)
	}
	moved := max(s.moment.Sub(r.Moment), 0)
	r.Moment = r.Moment.Add(moved)
	if ahead := s.says.Sub(r.Moment); ahead >= -clock.MostBehind && ahead <= alike {
		r.Moment = r.Moment.Add(max(ahead, 0))
		r.Shown, r.Trial = min(r.Shown+moved, ToSettle), store.Trial{}
		return r
	}
	r.Trial = tried(r.Trial, s)
	if r.Trial.Ran >= needed(r, s.says) {
		return set(r, s.says, true)
	}
	return r
}

// set returns r with another moment, unless the difference is small. With shown,
// the moment counts as proven right.
func set(r store.MomentRecord, moment time.Time, shown bool) store.MomentRecord {
	switch back := r.Moment.Sub(moment); {
	case back > alike:
		r.Reset++
		r.Moment = moment
	case back < 0:
		r.Moment = moment
	}
	r.Trial = store.Trial{}
	if shown {
		r.Shown = ToSettle
	}
	return r
}

// tried returns t after another observation of the clock. Of several processes that
// observe the same clock, each adds only the time that the others did not.
func tried(t store.Trial, s seen) store.Trial {
	if t.Says.IsZero() || clock.Compare(s.says, t.Says) != clock.Right {
		return store.Trial{Says: s.says}
	}
	if on := s.says.Sub(t.Says); on > 0 {
		return store.Trial{Says: s.says, Ran: t.Ran + min(on, s.ran)}
	}
	return t
}

// needed returns how long a clock on trial must run before it is believed.
func needed(r store.MomentRecord, says time.Time) time.Duration {
	if r.Shown < ToSettle || clock.Compare(says, r.Moment) == clock.Right {
		return ToSettle
	}
	return ToTrust
}
