package timekeeping

import (
	"context"
	"time"

	"loket/flows/clock"
	"loket/store"
)

// ClockState is the state of the clock of a machine.
type ClockState struct {
	Clock          time.Time // Clock is the time of the machine's clock.
	BelievedMoment time.Time
	Verdict        clock.Status  // Verdict is the status of the clock compared with the believed moment.
	KernelVouches  bool          // KernelVouches reports whether the kernel says that the clock is synchronised.
	Settled        bool          // Settled reports whether the believed moment is proven right.
	TrialTime      time.Duration // TrialTime is how long a clock that is not yet believed has run.
	TrialNeeded    time.Duration // TrialNeeded is how long a clock must run in total before it is believed; 0 if it is believed already.
}

// ReadClockState returns the state of a clock, compared with the believed moment of a store.
func ReadClockState(ctx context.Context, s *store.Store, c *clock.Clock) (state ClockState, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		r, _ := tx.BelievedMoment()
		_, verdict := c.NowAndStatus()
		state = ClockState{
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
