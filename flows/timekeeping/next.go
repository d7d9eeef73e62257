package timekeeping

import (
	"time"

	"loket/flows/clock"
	"loket/store"
)

// How long a clock that nobody vouches for must run on until the believed moment is
// what it says. The monotonic clock measures that, over as many starts as it takes.
const (
	ToSettle = 24 * time.Hour     // one that is believed, or against which nothing speaks that ran on for as long
	ToTrust  = 7 * 24 * time.Hour // any other
)

// alike is how far a clock may be ahead of the believed moment to be the same: less than
// anybody can move it by each time that somebody looks.
const alike = time.Minute

// seen is what one process sees of the clock of its machine.
type seen struct {
	says    time.Time     // what the clock says
	moment  time.Time     // what was believed, moved on by what was measured
	ran     time.Duration // what was measured since the process last kept anything
	vouched bool          // the kernel vouches for the clock
}

// next is what is believed after r. It never goes back, unless the clock that is
// behind is vouched for or ran on for long enough.
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

// set is r with another moment, unless that is as good as the same. If shown, it takes
// nothing more to show that it is right.
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

// tried is t after the clock was seen again. Of several processes that try the same
// clock each counts only what the others did not.
func tried(t store.Trial, s seen) store.Trial {
	if t.Says.IsZero() || clock.Compare(s.says, t.Says) != clock.Right {
		return store.Trial{Says: s.says}
	}
	if on := s.says.Sub(t.Says); on > 0 {
		return store.Trial{Says: s.says, Ran: t.Ran + min(on, s.ran)}
	}
	return t
}

// needed is for how long a clock must run on to be what is believed.
func needed(r store.MomentRecord, says time.Time) time.Duration {
	if r.Shown < ToSettle || clock.Compare(says, r.Moment) == clock.Right {
		return ToSettle
	}
	return ToTrust
}
