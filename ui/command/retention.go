package command

import (
	"context"
	"log/slog"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
)

// Retention removes what was kept for long enough.
type Retention struct {
	Database `embed:""`
	Settings desk.Settings        `embed:"" prefix:"set-" group:"settings"`
	Keep     maintenance.Settings `embed:"" prefix:"set-keep-" group:"settings"`
	DryRun   bool                 `help:"Only count what would be removed."`
	JSON     bool                 `name:"json" help:"Give the counts as JSON."`
}

// Help explains the command.
func (Retention) Help() string {
	return `A desk that is open does this by itself once a day. This is for a database that no desk has open, or to see what it comes to.`
}

// Validate refuses what is no time to keep something.
func (r *Retention) Validate() error { return keepable(r.Keep) }

// keepable refuses settings that are no times to keep something.
func keepable(s maintenance.Settings) error {
	if s.Shortest() < 0 {
		return Usage("no --set-keep setting can be below zero")
	}
	if s.Audit != 0 && s.Audit < maintenance.ShortestAudit {
		return Usage("--set-keep-audit must be 720h at the least, or 0 for ever")
	}
	return nil
}

// Run removes, or counts, and shows how many of each kind.
func (r *Retention) Run(ctx context.Context, c *Console) error {
	var forgotten maintenance.Forgotten
	err := r.with(ctx, c, func(s *store.Store) (err error) {
		keeper := maintenance.New(c.desk(s, c.settings(r.Settings)), c.keeps(r.Keep), slog.New(slog.DiscardHandler))
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

// keeps are the times of the desk that is open, or else those given.
func (c *Console) keeps(given maintenance.Settings) maintenance.Settings {
	if c.Held != nil {
		return c.Held.Keep
	}
	return given
}
