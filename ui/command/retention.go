package command

import (
	"context"
	"log/slog"

	"loket/flows"
	"loket/flows/upkeep"
	"loket/store"
)

// Retention removes what was kept for long enough.
type Retention struct {
	Database `embed:""`
	Settings flows.Settings  `embed:"" prefix:"set-" group:"settings"`
	Keep     upkeep.Settings `embed:"" prefix:"set-keep-" group:"settings"`
	DryRun   bool            `help:"Only count what would be removed."`
	JSON     bool            `name:"json" help:"Give the counts as JSON."`
}

// Help explains the command.
func (Retention) Help() string {
	return `A desk that is open does this by itself once a day. This is for a database that no desk has open, or to see what it comes to.`
}

// Validate refuses what is no time to keep something.
func (r *Retention) Validate() error { return keepable(r.Keep) }

// Run removes, or counts, and shows how many of each kind.
func (r *Retention) Run(ctx context.Context, c *Session) error {
	var forgotten upkeep.Forgotten
	err := r.with(ctx, c, func(s *store.Store) (err error) {
		keeper := upkeep.New(c.desk(s, c.heldSettingsOr(r.Settings)), c.heldRetentionOr(r.Keep), slog.New(slog.DiscardHandler))
		if r.DryRun {
			forgotten, err = keeper.Due(ctx)
		} else {
			forgotten, err = keeper.Forget(ctx)
		}
		return err
	})
	if err != nil {
		return err
	}
	if r.JSON {
		return c.json(forgotten)
	}
	did := "REMOVED"
	if r.DryRun {
		did = "TO BE REMOVED"
	}
	c.table([]string{"RECORDS", did}, []row{
		{"activation numbers, useless for long", count(forgotten.Numbers)},
		{"messages that were sent", count(forgotten.Messages)},
		{"wrong answers about a username or number", count(forgotten.Tries)},
		{"wrong answers at a terminal", count(forgotten.Terminals)},
		{"requests, counted by day", count(forgotten.Requests)},
		{"what phones were asked, and answered", count(forgotten.Challenges)},
		{"entries of the audit log", count(forgotten.Audit)},
	})
	return nil
}
