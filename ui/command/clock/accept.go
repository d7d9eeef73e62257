package clock

import (
	"context"

	"loket/flows/timekeeping"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// Accept makes the desk trust the clock of this machine.
type Accept struct {
	database.Database `embed:""`
}

// Help explains the command.
func (Accept) Help() string {
	return `Look at the clock first: what is kept for a certain time is removed by it from then on, and cannot be had back.`
}

// Run sets the reference time to that of the machine, and records it in the audit log.
func (a *Accept) Run(ctx context.Context, c *database.Session) error {
	return a.WithStore(ctx, c, func(s *store.Store) error {
		before := console.MinuteText(c.Clock.Moment().UTC())
		if err := timekeeping.Accept(ctx, s, c.Clock, func(tx *store.Tx) {
			tx.RecordAudit(store.AuditEntry{
				Terminal: store.ByOperator, Operator: c.Operator, Flow: store.ByOperator, Step: "clock accept",
				Outcome: "believed " + c.Clock.Machine().UTC().Format("2006-01-02 15:04") + " UTC",
			})
		}); err != nil {
			return err
		}
		c.Say("It is believed to be %s UTC, and no longer %s.", console.MinuteText(c.Clock.Machine().UTC()), before)
		return nil
	})
}
