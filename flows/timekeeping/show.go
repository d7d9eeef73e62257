package timekeeping

import (
	"context"
	"time"

	"loket/flows/clock"
	"loket/store"
)

// State is the state of the clock of a machine.
type State struct {
	Clock   time.Time     // the time of the clock
	Moment  time.Time     // the believed moment
	Verdict clock.Verdict // on the clock, by the believed moment
	Vouched bool          // the kernel says that the clock is synchronised
	Settled bool          // the believed moment was proven right
	Ran     time.Duration // how long a clock on trial has run
	Needs   time.Duration // how long it must run; zero without a trial
}

// StateOf returns the state of the clock by the believed moment of a store.
func StateOf(ctx context.Context, s *store.Store, c *clock.Clock) (state State, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		r, _ := tx.Moment()
		_, verdict := c.Judge()
		state = State{
			Clock: c.Machine().UTC(), Moment: c.Moment().UTC(), Verdict: verdict,
			Vouched: c.Vouched(), Settled: r.Shown >= ToSettle || c.Vouched(),
		}
		if !r.Trial.Says.IsZero() {
			state.Ran, state.Needs = r.Trial.Ran, needed(r, state.Clock)
		}
		return nil
	})
	return state, err
}
