package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/flows/clock"
	"loket/flows/timekeeping"
)

// A removed record cannot be recovered, and a wrong clock could cause all records to be removed. So retention uses the
// believed moment, a time that does not follow jumps of the machine's clock, and removes nothing while the clock is not
// believed.

// The errors of checkClock explain why retention must not trust the clock and removes nothing.
var (
	// errClockNotBelieved means that the machine's clock is not believed, because it differs too much from the believed
	// moment.
	errClockNotBelieved = errors.New("nothing was removed: the clock of this machine is not believed: see loket clock")

	// errClockUnproven means that nothing has confirmed the believed moment yet: no time server, no full day of running and no
	// operator.
	errClockUnproven = errors.New("nothing was removed: it was not seen yet that the clock of this machine is right: a time server, a desk that is open for a day, or loket clock accept settles this")
)

// checkClock returns the time by which retention decides which records have expired, or an error if the clock cannot be
// trusted.
func (r *Runner) checkClock(ctx context.Context) (now time.Time, err error) {
	settled, err := timekeeping.IsMomentProven(ctx, r.Store, r.Clock)
	switch {
	case err != nil:
		return now, err
	case !r.Clock.IsPlausible():
		return now, errClockNotBelieved
	case !settled:
		return now, errClockUnproven
	}
	return r.Clock.ReferenceNow().UTC(), nil
}

// clockCheckInterval is the time between two checks of the machine's clock.
const clockCheckInterval = time.Minute

// watchClock advances the believed moment until ctx is done. It logs when the machine's clock stops being believed and when it
// is believed again. After a clock that was ahead is set back, watchClock lowers the end times that were stored while it was
// ahead.
func (r *Runner) watchClock(ctx context.Context) {
	keeper, before := timekeeping.New(r.Store, r.Clock), clock.StatusRight
	back, bounded := false, time.Time{}
	for ctx.Err() == nil {
		wentBack, err := keeper.UpdateBelievedMoment(ctx)
		if err != nil && ctx.Err() == nil {
			r.Log.Error("the believed moment does not move on", "error", err, "again", clockCheckInterval)
		}
		_, verdict := r.Clock.NowAndStatus()
		r.logClockVerdict(before, verdict)
		before, back = verdict, back || wentBack
		if now := clock.MonotonicNow(); back && now.Sub(bounded) >= capTimesInterval && r.capEndTimes(ctx) == nil {
			back, bounded = false, now
		}
		if r.Clock.Wait(ctx, clockCheckInterval) != nil {
			return
		}
	}
}

func (r *Runner) logClockVerdict(before, now clock.Status) {
	machine, moment := r.Clock.MachineNow().UTC(), r.Clock.ReferenceNow().UTC()
	switch {
	case now == before:
	case now == clock.StatusRight:
		r.Log.Info("the clock of this machine is believed again", "clock", machine)
	default:
		r.Log.Error("the clock of this machine is not believed: nothing is removed or given up; put it right, or say loket clock accept", "it is", now, "clock", machine, "believed", moment)
	}
}
