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

// Show shows whether the clock is plausible.
type Show struct {
	database.Database `embed:""`
	JSON              bool `name:"json" help:"Give it as JSON."`
}

// shown is the timekeeping.State of a clock as JSON.
type shown struct {
	Clock    time.Time     `json:"clock"`
	Believed time.Time     `json:"believed"`
	Verdict  clock.Verdict `json:"verdict"`
	Vouched  bool          `json:"synchronised"`
	Settled  bool          `json:"settled"`
	Ran      string        `json:"ran,omitempty"`
	Needs    string        `json:"needs,omitempty"`
}

// Help explains the command.
func (Show) Help() string {
	return `A clock that is more than an hour behind the time that was believed before, or more than 31 days ahead of it, is not believed: then nothing is removed or given up, and visitors are served by the believed time if the clock is behind.

It is believed again when the machine says that a time server keeps it right, when it has run on for seven days, or by: loket clock accept.`
}

// Run shows the state of the clock.
func (s *Show) Run(ctx context.Context, c *database.Session) error {
	return s.WithStore(ctx, c, func(db *store.Store) error {
		state, err := timekeeping.StateOf(ctx, db, c.Clock)
		if err != nil {
			return err
		}
		if s.JSON {
			return c.JSON(shownOf(state))
		}
		for _, row := range lines(state) {
			fmt.Fprintf(c.Out, "%-12s %s\n", row[0], row[1])
		}
		return nil
	})
}

func shownOf(s timekeeping.State) shown {
	all := shown{Clock: s.Clock.Truncate(time.Second), Believed: s.Moment.Truncate(time.Second), Verdict: s.Verdict, Vouched: s.Vouched, Settled: s.Settled}
	if s.Needs > 0 {
		all.Ran, all.Needs = s.Ran.Round(time.Minute).String(), s.Needs.String()
	}
	return all
}

// lines returns the rows for people, as names and values.
func lines(s timekeeping.State) [][2]string {
	verdict := map[clock.Verdict]string{
		clock.Right:  "it is believed",
		clock.Ahead:  "it is not believed: it is too far ahead",
		clock.Behind: "it is not believed: it is behind, and visitors are served by the believed time",
	}[s.Verdict]
	vouched := "no time server is known to keep it right"
	if s.Vouched {
		vouched = "a time server keeps it right"
	}
	all := [][2]string{
		{"clock", console.MinuteText(s.Clock) + " UTC"}, {"believed", console.MinuteText(s.Moment) + " UTC"},
		{"verdict", verdict}, {"kernel", vouched},
	}
	if s.Verdict == clock.Right && !s.Settled {
		all = append(all, [2]string{"settled", "no: nothing is removed until a desk was open for a day"})
	}
	if s.Needs > 0 {
		all = append(all, [2]string{"ran on", fmt.Sprintf("for %v of %v", s.Ran.Round(time.Minute), s.Needs)})
	}
	return all
}
