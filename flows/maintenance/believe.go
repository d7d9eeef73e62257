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
	// errClock says that the clock is not believed.
	errClock = errors.New("nothing was removed: the clock of this machine is not believed: see loket clock")

	// errNew says that the believed moment is not yet proven right.
	errNew = errors.New("nothing was removed: it was not seen yet that the clock of this machine is right: a time server, a desk that is open for a day, or loket clock accept settles this")
)

// checkClock returns the moment by which retention decides what has been kept long
// enough.
func (r *Runner) checkClock(ctx context.Context) (now time.Time, err error) {
	settled, err := timekeeping.Settled(ctx, r.Store, r.Clock)
	switch {
	case err != nil:
		return now, err
	case !r.Clock.Believed():
		return now, errClock
	case !settled:
		return now, errNew
	}
	return r.Clock.Moment().UTC(), nil
}

// minutely is the interval between two checks of the clock.
const minutely = time.Minute

// keepTime advances the believed moment until ctx is done. It logs when the clock is no
// longer believed, and when it is believed again. When a clock that was ahead goes back,
// the end times that were stored meanwhile are bounded.
func (r *Runner) keepTime(ctx context.Context) {
	keeper, before := timekeeping.New(r.Store, r.Clock), clock.Right
	back, bounded := false, time.Time{}
	for ctx.Err() == nil {
		wentBack, err := keeper.Keep(ctx)
		if err != nil && ctx.Err() == nil {
			r.Log.Error("the believed moment does not move on", "error", err, "again", minutely)
		}
		_, verdict := r.Clock.Judge()
		r.logVerdict(before, verdict)
		before, back = verdict, back || wentBack
		if now := clock.Mark(); back && now.Sub(bounded) >= boundsApart && r.bound(ctx) == nil {
			back, bounded = false, now
		}
		if r.Clock.Wait(ctx, minutely) != nil {
			return
		}
	}
}

func (r *Runner) logVerdict(before, now clock.Verdict) {
	machine, moment := r.Clock.Machine().UTC(), r.Clock.Moment().UTC()
	switch {
	case now == before:
	case now == clock.Right:
		r.Log.Info("the clock of this machine is believed again", "clock", machine)
	default:
		r.Log.Error("the clock of this machine is not believed: nothing is removed or given up; put it right, or say loket clock accept", "it is", now, "clock", machine, "believed", moment)
	}
}
