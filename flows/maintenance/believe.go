package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/flows/clock"
	"loket/flows/timekeeping"
)

// Removed records never come back, and a wrong clock could have all records removed. So
// retention goes by the believed moment, which does not follow jumps of the clock, and
// removes nothing while the clock is not believed.

// These errors say why nothing may be removed by the clock.
var (
	// errClockNotBelieved says that the clock is not believed.
	errClockNotBelieved = errors.New("nothing was removed: the clock of this machine is not believed: see loket clock")

	// errClockUnproven says that the believed moment is not yet proven right.
	errClockUnproven = errors.New("nothing was removed: it was not seen yet that the clock of this machine is right: a time server, a desk that is open for a day, or loket clock accept settles this")
)

// checkClock returns the moment by which retention decides what has been kept long
// enough.
func (r *Runner) checkClock(ctx context.Context) (now time.Time, err error) {
	settled, err := timekeeping.IsSettled(ctx, r.Store, r.Clock)
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

// clockCheckInterval is the interval between two checks of the clock.
const clockCheckInterval = time.Minute

// keepTime advances the believed moment until ctx is done. It logs when the clock is no
// longer believed, and when it is believed again. When a clock that was ahead goes back,
// the end times that were stored meanwhile are bounded.
func (r *Runner) keepTime(ctx context.Context) {
	keeper, before := timekeeping.New(r.Store, r.Clock), clock.StatusRight
	back, bounded := false, time.Time{}
	for ctx.Err() == nil {
		wentBack, err := keeper.UpdateMoment(ctx)
		if err != nil && ctx.Err() == nil {
			r.Log.Error("the believed moment does not move on", "error", err, "again", clockCheckInterval)
		}
		_, verdict := r.Clock.NowAndStatus()
		r.logClockVerdict(before, verdict)
		before, back = verdict, back || wentBack
		if now := clock.MonotonicNow(); back && now.Sub(bounded) >= boundInterval && r.boundEndTimes(ctx) == nil {
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
