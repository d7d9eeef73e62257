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
		before := c.Clock.ReferenceNow().UTC()
		if err := timekeeping.AcceptClock(ctx, s, c.Clock, func(tx *store.Tx) {
			tx.RecordAudit(store.AuditEntry{
				Terminal: store.AuditOperator, Operator: c.Operator, Flow: store.AuditOperator, Step: "clock accept",
				Outcome: "believed " + c.Clock.MachineNow().UTC().Format("2006-01-02 15:04") + " UTC",
			})
		}); err != nil {
			return err
		}
		now := c.Clock.MachineNow().UTC()
		return a.Tell(c.Console, map[string]any{"believed": now, "before": before},
			fmt.Sprintf("It is believed to be %s UTC, and no longer %s.", console.MinuteText(now), console.MinuteText(before)))
	})
}
