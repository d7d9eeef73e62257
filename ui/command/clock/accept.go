package clock

import (
	"context"
	"fmt"

	"loket/flows/timekeeping"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// AcceptCommand is the command that makes the desk trust the clock of this machine.
type AcceptCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
}

// Help returns the detailed help of the command.
func (AcceptCommand) Help() string {
	return `Look at the clock first: what is kept for a certain time is removed by it from then on, and cannot be had back.`
}

// Run sets the reference time to that of the machine, and records it in the audit log.
func (a *AcceptCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return a.WithStore(ctx, c, func(s *store.Store) error {
		before := c.Clock.ReferenceNow()
		if err := timekeeping.AcceptMachineClock(ctx, s, c.Clock, func(tx *store.Tx) {
			tx.RecordAudit(store.AuditEntry{
				Terminal: store.AuditOperator, Operator: c.Operator, Flow: store.AuditOperator, Step: "clock accept",
				Outcome: "believed " + console.FormatToMinute(c.Clock.MachineNow()),
			})
		}); err != nil {
			return err
		}
		now := c.Clock.MachineNow()
		return a.PrintOutcome(c.Console, map[string]any{"believed": console.InAmsterdam(now), "before": console.InAmsterdam(before)},
			fmt.Sprintf("It is believed to be %s, and no longer %s.", console.FormatToMinute(now), console.FormatToMinute(before)))
	})
}
