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

// Revoke is the command that revokes the activation numbers of a customer for an application.
type Revoke struct {
	database.Database `embed:""`
	console.Outcome   `embed:""`
	numberArgs        `embed:""`
}

// Run revokes the numbers.
func (n *Revoke) Run(ctx context.Context, c *database.Session) error {
	return n.WithStore(ctx, c, func(s *store.Store) error {
		desk := c.Desk(s, desk.Defaults())
		revoked, err := operator.RevokeNumber(ctx, desk, n.Customer, n.Application)
		did, says := []string{}, []string{}
		for _, r := range revoked {
			did, says = append(did, listing.MaskedNumber(r.Tail)), append(says, "Revoked "+listing.MaskedNumber(r.Tail)+".")
		}
		if err != nil {
			return n.addContext(err)
		}
		return n.Tell(c.Console, map[string]any{"revoked": did}, says...)
	})
}
