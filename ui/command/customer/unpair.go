package customer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// UnpairCommand is the command that removes a paired phone from the account of a customer.
type UnpairCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	Settings               desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	Phone                  string           `required:"" placeholder:"NAME" help:"Name of the phone, as loket customer show has it."`
	ID                     store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help returns the detailed help of the command.
func (UnpairCommand) Help() string {
	return `For who has lost a phone and cannot log in to remove it. A visit that the phone began ends at its next step, and the customer gets a message that it was removed. Be sure to whom you speak.`
}

// Run removes the phone from the account.
func (u *UnpairCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return u.WithStore(ctx, c, func(s *store.Store) error {
		if err := operator.UnpairPhone(ctx, c.OperatorDesk(s, c.SettingsInUse(ctx, s, u.Settings)), u.ID, u.Phone); err != nil {
			return addCustomerID(u.ID, err)
		}
		return u.PrintOutcome(c.Console, map[string]string{"customer": string(u.ID), "phone": u.Phone}, "The phone no longer logs in.")
	})
}
