package customer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// Unpair is the command that removes a paired phone from the account of a customer.
type Unpair struct {
	database.Database `embed:""`
	console.Outcome   `embed:""`
	Settings          desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	Phone             string           `required:"" placeholder:"NAME" help:"Name of the phone, as loket customer show has it."`
	ID                store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help returns the detailed help of the command.
func (Unpair) Help() string {
	return `For who has lost a phone and cannot log in to remove it. A visit that the phone began ends at its next step, and the customer gets a message that it was removed. Be sure to whom you speak.`
}

// Run removes the phone from the account.
func (u *Unpair) Run(ctx context.Context, c *database.Session) error {
	return u.WithStore(ctx, c, func(s *store.Store) error {
		if err := operator.UnpairPhone(ctx, c.Desk(s, c.SettingsInUse(ctx, s, u.Settings)), u.ID, u.Phone); err != nil {
			return customerError(u.ID, err)
		}
		return u.Tell(c.Console, map[string]string{"customer": string(u.ID), "phone": u.Phone}, "The phone no longer logs in.")
	})
}
