package clock

import (
	"context"
	"fmt"

	"loket/flows/timekeeping"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// Accept is the command that makes the desk trust the clock of this machine.
type Accept struct {
	database.Database `embed:""`
	console.Outcome   `embed:""`
}

// Help returns the detailed help of the command.
func (Accept) Help() string {
	return `Look at the clock first: what is kept for a certain time is removed by it from then on, and cannot be had back.`
}

// Run sets the reference time to that of the machine, and records it in the audit log.
func (a *Accept) Run(ctx context.Context, c *database.Session) error {
	return a.WithStore(ctx, c, func(s *store.Store) error {
		before := c.Clock.ReferenceNow()
		if err := timekeeping.AcceptClock(ctx, s, c.Clock, func(tx *store.Tx) {
			tx.RecordAudit(store.AuditEntry{
				Terminal: store.AuditOperator, Operator: c.Operator, Flow: store.AuditOperator, Step: "clock accept",
				Outcome: "believed " + console.MinuteText(c.Clock.MachineNow()),
			})
		}); err != nil {
			return err
		}
		now := c.Clock.MachineNow()
		return a.Tell(c.Console, map[string]any{"believed": console.InAmsterdam(now), "before": console.InAmsterdam(before)},
			fmt.Sprintf("It is believed to be %s, and no longer %s.", console.MinuteText(now), console.MinuteText(before)))
	})
}
