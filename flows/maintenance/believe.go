package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/flows/clock"
	"loket/flows/timekeeping"
)

// What is removed never comes back, and a clock that is wrong would have everything
// removed. So it goes by the believed moment, which a clock that jumps does not move,
// and nothing is removed while the clock is not believed.

// These errors say that nothing is to be removed by what time it seems to be.
var (
	// errClock says that the clock is not believed.
	errClock = errors.New("nothing was removed: the clock of this machine is not believed: see loket clock")

	// errNew says that what is believed was not shown to be right yet.
	errNew = errors.New("nothing was removed: it was not seen yet that the clock of this machine is right: a time server, a desk that is open for a day, or loket clock accept settles this")
)

// checkClock returns the moment by which it is decided what was kept for long enough.
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

// minutely is how often the clock is looked at.
const minutely = time.Minute

// keepTime moves the believed moment on until ctx is done, and tells the program's log
// when the clock is not believed any more, and when it is again. What was stored while
// it was ahead is bounded as soon as it goes back.
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
