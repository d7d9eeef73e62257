package timekeeping

import (
	"context"
	"time"

	"loket/flows/clock"
	"loket/store"
)

// State is the state of the clock of a machine.
type State struct {
	Clock          time.Time     // the time of the clock
	BelievedMoment time.Time     // the believed moment
	Verdict        clock.Status  // on the clock, by the believed moment
	KernelVouches  bool          // the kernel says that the clock is synchronised
	Settled        bool          // the believed moment was proven right
	TrialTime      time.Duration // how long a clock on trial has run
	TrialNeeded    time.Duration // how long it must run; zero without a trial
}

// StateOf returns the state of the clock by the believed moment of a store.
func StateOf(ctx context.Context, s *store.Store, c *clock.Clock) (state State, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		r, _ := tx.Moment()
		_, verdict := c.NowAndStatus()
		state = State{
			Clock: c.MachineNow().UTC(), BelievedMoment: c.ReferenceNow().UTC(), Verdict: verdict,
			KernelVouches: c.IsSynchronised(), Settled: r.ProvenFor >= SettleTime || c.IsSynchronised(),
		}
		if !r.Trial.ClockTime.IsZero() {
			state.TrialTime, state.TrialNeeded = r.Trial.Elapsed, neededTrialTime(r, state.Clock)
		}
		return nil
	})
	return state, err
}
