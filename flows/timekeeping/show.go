package timekeeping

import (
	"context"
	"time"

	"loket/flows/clock"
	"loket/store"
)

// State is what is thought of the clock of a machine.
type State struct {
	Clock   time.Time     // what it says
	Moment  time.Time     // what is believed
	Verdict clock.Verdict // on the one, by the other
	Vouched bool          // the kernel says that it is synchronised
	Settled bool          // what is believed was shown to be right
	Ran     time.Duration // for how long a clock on trial has run on
	Needs   time.Duration // for how long it must; zero if none is on trial
}

// StateOf returns what is thought of the clock by the believed moment of a store.
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
