package number

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/database"
	"loket/ui/command/listing"
)

// Revoke revokes a number.
type Revoke struct {
	database.Database `embed:""`
	numberArgs        `embed:""`
}

// Run revokes the number.
func (n *Revoke) Run(ctx context.Context, c *database.Session) error {
	return n.With(ctx, c, func(s *store.Store) error {
		desk := c.Desk(s, desk.Defaults())
		revoked, err := operator.RevokeNumber(ctx, desk, n.Customer, n.Application)
		if err == nil {
			c.Say("Revoked %s.", listing.Masked(revoked.Tail))
		}
		return n.explained(err)
	})
}
