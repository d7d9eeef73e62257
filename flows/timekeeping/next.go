package timekeeping

import (
	"time"

	"loket/flows/clock"
	"loket/store"
)

// A clock that the kernel does not vouch for must run for this long before the believed moment follows it. The time is
// measured by the monotonic clock and adds up over restarts.
const (
	// SettleTime applies to a clock that agrees with the believed moment, and to any clock while the believed moment is not
	// proven right.
	SettleTime = 24 * time.Hour
	TrustTime  = 7 * 24 * time.Hour // TrustTime is how long a clock that disagrees with a proven believed moment must run.
)

// clockTolerance is how far a clock may be ahead of the believed moment and still agree with it. The limit is low, so that an
// attacker cannot advance the believed moment by much at each check.
const clockTolerance = time.Minute

// A clockObservation is the state of the machine's clock, as one process observes it.
type clockObservation struct {
	clockTime     time.Time     // clockTime is the time of the machine's clock.
	moment        time.Time     // moment is the believed moment plus the measured time.
	elapsed       time.Duration // elapsed is the measured time since the process last stored the believed moment.
	kernelVouches bool          // kernelVouches reports whether the kernel says that the clock is synchronised.
}

// advanceRecord returns the successor of r. Its believed moment only goes back if the clock that is behind is synchronised
// according to the kernel, or has run for long enough.
func advanceRecord(r store.BelievedMomentRecord, known bool, s clockObservation) store.BelievedMomentRecord {
	switch {
	case !known:
		return setBelievedMoment(r, s.clockTime, s.kernelVouches)
	case s.kernelVouches:
		return setBelievedMoment(r, s.clockTime, true)
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
		return setBelievedMoment(r, s.clockTime, true)
	}
	return r
}

// setBelievedMoment returns r with another believed moment, unless that is at most clockTolerance earlier. If shown is true, the
// moment counts as proven right.
func setBelievedMoment(r store.BelievedMomentRecord, moment time.Time, shown bool) store.BelievedMomentRecord {
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

// continueTrial returns the trial t of a clock after another observation. If several processes observe the same clock, each
// adds only the time that no other process has added.
func continueTrial(t store.ClockTrial, s clockObservation) store.ClockTrial {
	if t.ClockTime.IsZero() || clock.CompareWithReference(s.clockTime, t.ClockTime) != clock.StatusRight {
		return store.ClockTrial{ClockTime: s.clockTime}
	}
	if on := s.clockTime.Sub(t.ClockTime); on > 0 {
		return store.ClockTrial{ClockTime: s.clockTime, Elapsed: t.Elapsed + min(on, s.elapsed)}
	}
	return t
}

// neededTrialTime returns how long a clock on trial must run before it is believed.
func neededTrialTime(r store.BelievedMomentRecord, says time.Time) time.Duration {
	if r.ProvenFor < SettleTime || clock.CompareWithReference(says, r.Moment) == clock.StatusRight {
		return SettleTime
	}
	return TrustTime
}
