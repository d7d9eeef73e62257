package timekeeping

import (
	"time"

	"loket/flows/clock"
	"loket/store"
)

// How long a clock that the kernel does not vouch for must run before the believed moment
// follows it. The monotonic clock measures that, over any number of starts.
const (
	SettleTime = 24 * time.Hour     // for a clock that agrees with the believed moment, or while that moment is not proven right
	TrustTime  = 7 * 24 * time.Hour // for any other clock
)

// clockTolerance is how far a clock may be ahead of the believed moment and count as the same. It
// is small, so that an attacker cannot advance the moment by much at each check.
const clockTolerance = time.Minute

// observation is what a process observes of the clock of its machine.
type observation struct {
	clockTime     time.Time     // the time of the clock
	moment        time.Time     // the believed moment, advanced by the measured time
	elapsed       time.Duration // the measured time since the process last stored the moment
	kernelVouches bool          // the kernel vouches for the clock
}

// advanceRecord returns the record after r. Its moment never goes back, unless the kernel vouches
// for the clock that is behind, or that clock has run for long enough.
func advanceRecord(r store.MomentRecord, known bool, s observation) store.MomentRecord {
	switch {
	case !known:
		return setMoment(r, s.clockTime, s.kernelVouches)
	case s.kernelVouches:
		return setMoment(r, s.clockTime, true)
	}
	moved := max(s.moment.Sub(r.Moment), 0)
	r.Moment = r.Moment.Add(moved)
	if ahead := s.clockTime.Sub(r.Moment); ahead >= -clock.MaxBehind && ahead <= clockTolerance {
		r.Moment = r.Moment.Add(max(ahead, 0))
		r.ProvenFor, r.Trial = min(r.ProvenFor+moved, SettleTime), store.ClockTrial{}
		return r
	}
	r.Trial = continueTrial(r.Trial, s)
	if r.Trial.Elapsed >= neededTrialTime(r, s.clockTime) {
		return setMoment(r, s.clockTime, true)
	}
	return r
}

// setMoment returns r with another moment, unless the difference is small. With shown,
// the moment counts as proven right.
func setMoment(r store.MomentRecord, moment time.Time, shown bool) store.MomentRecord {
	switch back := r.Moment.Sub(moment); {
	case back > clockTolerance:
		r.ResetCount++
		r.Moment = moment
	case back < 0:
		r.Moment = moment
	}
	r.Trial = store.ClockTrial{}
	if shown {
		r.ProvenFor = SettleTime
	}
	return r
}

// continueTrial returns t after another observation of the clock. Of several processes that
// observe the same clock, each adds only the time that the others did not.
func continueTrial(t store.ClockTrial, s observation) store.ClockTrial {
	if t.ClockTime.IsZero() || clock.Compare(s.clockTime, t.ClockTime) != clock.StatusRight {
		return store.ClockTrial{ClockTime: s.clockTime}
	}
	if on := s.clockTime.Sub(t.ClockTime); on > 0 {
		return store.ClockTrial{ClockTime: s.clockTime, Elapsed: t.Elapsed + min(on, s.elapsed)}
	}
	return t
}

// neededTrialTime returns how long a clock on trial must run before it is believed.
func neededTrialTime(r store.MomentRecord, says time.Time) time.Duration {
	if r.ProvenFor < SettleTime || clock.Compare(says, r.Moment) == clock.StatusRight {
		return SettleTime
	}
	return TrustTime
}
