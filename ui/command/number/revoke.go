package number

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/database"
	"loket/ui/command/listing"
)

// Revoke revokes the numbers of a customer for an application.
type Revoke struct {
	database.Database `embed:""`
	numberArgs        `embed:""`
}

// Run revokes the numbers.
func (n *Revoke) Run(ctx context.Context, c *database.Session) error {
	return n.WithStore(ctx, c, func(s *store.Store) error {
		desk := c.Desk(s, desk.Defaults())
		revoked, err := operator.RevokeNumber(ctx, desk, n.Customer, n.Application)
		for _, n := range revoked {
			c.Say("Revoked %s.", listing.MaskedNumber(n.Tail))
		}
		return n.explain(err)
	})
}
