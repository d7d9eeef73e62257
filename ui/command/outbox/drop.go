package outbox

import (
	"context"
	"errors"

	"loket/flows/maintenance"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// DropCommand is the command that deletes messages from the outbox.
type DropCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	Yes                    bool     `help:"Yes, they are gone for ever then."`
	IDs                    []string `arg:"" name:"id" help:"Messages that were not sent, as loket outbox list shows them."`
}

// Run deletes the messages, and overwrites their text in the database file.
func (o *DropCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if !o.Yes {
		return console.UsageError("what is dropped is gone for ever: say --yes if you mean it")
	}
	return o.WithStore(ctx, c, func(s *store.Store) error {
		err := applyToMessages(ctx, c, o.OutcomePrinter, s, o.IDs, "is not one that waits or was given up", "dropped", (*store.Tx).DeleteUnsent)
		return errors.Join(err, maintenance.Scrub(ctx, s, c.Clock))
	})
}
