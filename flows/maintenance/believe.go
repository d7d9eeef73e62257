package maintenance

import (
	"context"
	"errors"
	"time"

	"loket/store"
	"loket/store/auditlog"
)

// What is removed never comes back, and a clock that is wrong would have everything
// removed. So before anything is, the clock is held against the audit log: against
// the newest entry that is a day old. Later ones do not count, because a clock that
// has just gone wrong dates them too, and neither do those that are still to come.

// These errors say that nothing is to be removed by what time it seems to be.
var (
	// errClock says that the clock seems to be too far ahead.
	errClock = errors.New("nothing was removed: but for the last day, the newest entry of the audit log is from long ago: if the clock of this machine is right, a desk that is open for a day settles this")

	// errNew says that there is nothing to hold the clock against.
	errNew = errors.New("nothing was removed: the audit log has no entry yet that is a day old, by which to see that the clock of this machine is right: a desk that is open for a day settles this")
)

const (
	// clockJumps is more than a desk is closed between two runs: a clock that is as
	// far ahead as that is not believed.
	clockJumps = 366 * 24 * time.Hour

	// settles is how old an entry of the audit log is when it no longer is the
	// clock's own word.
	settles = 24 * time.Hour
)

// believe looks whether it can be as late as it seems. If it cannot, and records are
// to be removed, the audit log gets an entry that says so, unless it has one of the
// last day: so that it can be in a day.
func (r *Runner) believe(ctx context.Context, m mode) error {
	var lately bool
	err := r.Store.View(ctx, func(tx *store.Tx) (err error) {
		lately, err = plausible(tx)
		return err
	})
	if m == remove && !lately && (errors.Is(err, errClock) || errors.Is(err, errNew)) {
		err = errors.Join(err, r.note(ctx, "retention", "nothing removed by this clock"))
	}
	return err
}

// plausible looks whether it can be as late as it seems, and whether the audit log
// has an entry of the last day.
func plausible(tx *store.Tx) (lately bool, err error) {
	for e := range auditlog.Backwards(tx) {
		switch age := tx.Now.Sub(e.At); {
		case age > clockJumps:
			return lately, errClock
		case age >= settles:
			return lately, nil
		case age >= 0:
			lately = true
		}
	}
	return lately, errNew
}
