package clock

import (
	"context"
	"fmt"
	"time"

	"loket/flows/clock"
	"loket/flows/timekeeping"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// ShowCommand is the command that shows whether the clock is plausible.
type ShowCommand struct {
	database.Database `embed:""`
	JSON              bool `name:"json" help:"Give it as JSON."`
}

// shownClock is the timekeeping.ClockState of a clock as JSON.
type shownClock struct {
	Clock          time.Time    `json:"clock"`
	BelievedTime   time.Time    `json:"believed"`
	Verdict        clock.Status `json:"verdict"`
	IsSynchronised bool         `json:"synchronised"`
	IsSettled      bool         `json:"settled"`
	RanFor         string       `json:"ran,omitempty"`
	NeededRun      string       `json:"needs,omitempty"`
}

// Help returns the detailed help of the command.
func (ShowCommand) Help() string {
	return `A clock that is more than an hour behind the time that was believed before, or more than 31 days ahead of it, is not believed: then nothing is removed or given up, and visitors are served by the believed time if the clock is behind.

It is believed again when the machine says that a time server keeps it right, when it has run on for seven days, or by: loket clock accept.`
}

// Run shows the state of the clock.
func (s *ShowCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return s.WithStore(ctx, c, func(db *store.Store) error {
		state, err := timekeeping.ReadClockState(ctx, db, c.Clock)
		if err != nil {
			return err
		}
		if s.JSON {
			return c.PrintJSON(newShownClock(state))
		}
		for _, row := range stateRows(state) {
			fmt.Fprintf(c.Out, "%-12s %s\n", row[0], row[1])
		}
		return nil
	})
}

func newShownClock(s timekeeping.ClockState) shownClock {
	all := shownClock{Clock: console.InAmsterdam(s.Clock.Truncate(time.Second)), BelievedTime: console.InAmsterdam(s.BelievedMoment.Truncate(time.Second)), Verdict: s.Verdict, IsSynchronised: s.KernelVouches, IsSettled: s.Settled}
	if s.TrialNeeded > 0 {
		all.RanFor, all.NeededRun = s.TrialTime.Round(time.Minute).String(), s.TrialNeeded.String()
	}
	return all
}

// stateRows returns the state of the clock as pairs of a name and a value, for people to read.
func stateRows(s timekeeping.ClockState) [][2]string {
	verdict := map[clock.Status]string{
		clock.StatusRight:  "it is believed",
		clock.StatusAhead:  "it is not believed: it is too far ahead",
		clock.StatusBehind: "it is not believed: it is behind, and visitors are served by the believed time",
	}[s.Verdict]
	vouched := "no time server is known to keep it right"
	if s.KernelVouches {
		vouched = "a time server keeps it right"
	}
	all := [][2]string{
		{"clock", console.FormatToMinute(s.Clock)}, {"believed", console.FormatToMinute(s.BelievedMoment)},
		{"verdict", verdict}, {"kernel", vouched},
	}
	if s.Verdict == clock.StatusRight && !s.Settled {
		all = append(all, [2]string{"settled", "no: nothing is removed until a desk was open for a day"})
	}
	if s.TrialNeeded > 0 {
		all = append(all, [2]string{"ran on", fmt.Sprintf("for %v of %v", s.TrialTime.Round(time.Minute), s.TrialNeeded)})
	}
	return all
}
