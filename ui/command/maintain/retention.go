package maintain

import (
	"cmp"
	"context"
	"log/slog"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// RetentionCommand is the command that removes records that are older than their retention time.
type RetentionCommand struct {
	database.Database `embed:""`
	Settings          desk.Settings        `embed:"" prefix:"set-" group:"settings"`
	Keep              maintenance.Settings `embed:"" prefix:"set-keep-" group:"settings"`
	DryRun            bool                 `help:"Only count what would be removed."`
	JSON              bool                 `name:"json" help:"Give the counts as JSON."`
}

// Help returns the detailed help of the command.
func (RetentionCommand) Help() string {
	return `A desk that is open does this by itself once a day. This is for a database that no desk has open, or to see what it comes to.`
}

// Validate returns an error if a retention time is too short.
func (r *RetentionCommand) Validate() error { return database.CheckRetention(r.Keep) }

// Run removes expired records, or with --dry-run only counts them. It shows the number of records of each kind.
func (r *RetentionCommand) Run(ctx context.Context, c *database.CommandSession) error {
	var removed maintenance.RemovalCounts
	err := r.WithStore(ctx, c, func(s *store.Store) (err error) {
		runner := maintenance.New(c.OperatorDesk(s, c.SettingsInUse(ctx, s, r.Settings)), c.RetentionInUse(ctx, s, r.Keep), slog.New(slog.DiscardHandler))
		runner.MigrationCopies = c.DatabaseInUse(r.Database).MigrationCopies()
		if r.DryRun {
			removed, err = runner.CountExpired(ctx)
		} else {
			removed, err = runner.RemoveExpired(ctx)
		}
		return err
	})
	if err != nil {
		return err
	}
	err = r.printRemovals(c.Console, removed)
	if r.DryRun {
		return err
	}
	return cmp.Or(c.ResultWriteError("what was kept for long enough was removed"), err)
}

func (r *RetentionCommand) printRemovals(c *console.Console, removed maintenance.RemovalCounts) error {
	if r.JSON {
		return c.PrintJSON(removed)
	}
	did := "REMOVED"
	if r.DryRun {
		did = "TO BE REMOVED"
	}
	c.PrintTable([]string{"RECORDS", did}, []console.Row{
		{"activation numbers, useless for long", console.Count(removed.Numbers)},
		{"products that ended", console.Count(removed.Products)},
		{"applications that were withdrawn", console.Count(removed.Applications)},
		{"customers who ended", console.Count(removed.Customers)},
		{"messages that were sent", console.Count(removed.Messages)},
		{"wrong answers about a username or number", console.Count(removed.Attempts)},
		{"recent wrong answers, and opened cards", console.Count(removed.RecentTimes)},
		{"requests, counted by day", console.Count(removed.Requests)},
		{"what phones were asked, and answered", console.Count(removed.Challenges)},
		{"entries of the audit log", console.Count(removed.Audit)},
		{"copies from before a migration", console.Count(removed.Copies)},
	})
	return nil
}
