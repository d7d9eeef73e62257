package outbox

import (
	"context"

	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// RetryCommand is the command that makes the desk try again to send messages that it has given up.
type RetryCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	All                    bool     `help:"All that were given up."`
	IDs                    []string `arg:"" name:"id" optional:"" help:"Messages, as loket outbox list shows them."`
}

// Run marks the messages as never tried.
func (o *RetryCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if o.All == (len(o.IDs) > 0) {
		return console.UsageError("say which messages, or --all")
	}
	return o.WithStore(ctx, c, func(s *store.Store) (err error) {
		if o.All {
			if o.IDs, err = givenUpMessageIDs(ctx, s); err != nil {
				return err
			}
		}
		return applyToMessages(ctx, c, o.OutcomePrinter, s, o.IDs, "is not one that was given up", "to be tried again", (*store.Tx).ReviveMessage)
	})
}

// givenUpMessageIDs returns the IDs of the messages that the desk has given up.
func givenUpMessageIDs(ctx context.Context, s *store.Store) (ids []string, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		ids = nil
		for m := range tx.Messages() {
			if m.CanRevive() {
				ids = append(ids, m.ID)
			}
		}
		return nil
	})
	return ids, err
}
