package number

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/listing"
)

// RevokeCommand is the command that revokes the activation numbers of a customer for an application.
type RevokeCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	numberArgs             `embed:""`
}

// Run revokes the numbers.
func (n *RevokeCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return n.WithStore(ctx, c, func(s *store.Store) error {
		desk := c.OperatorDesk(s, desk.DefaultSettings())
		revoked, err := operator.RevokeNumber(ctx, desk, n.Customer, n.Application)
		did, says := []string{}, []string{}
		for _, r := range revoked {
			did, says = append(did, listing.MaskedNumber(r.Tail)), append(says, "Revoked "+listing.MaskedNumber(r.Tail)+".")
		}
		if err != nil {
			return n.addNumberContext(err)
		}
		return n.PrintOutcome(c.Console, map[string]any{"revoked": did}, says...)
	})
}
