package customer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// ActivateCommand is the command that opens an account for a customer.
type ActivateCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	Settings               desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	Username               string           `required:"" placeholder:"NAME" help:"Username of the account."`
	ID                     store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help returns the detailed help of the command.
func (ActivateCommand) Help() string {
	return `It makes an account for a customer who cannot do so at a desk, such as one whose papers have no date of birth, and sends them a temporary password by letter. Tell them the username yourself. Be sure to whom you speak.`
}

// Run opens the account.
func (a *ActivateCommand) Run(ctx context.Context, c *database.CommandSession) error {
	username, ok := desk.ParseUsername(a.Username)
	if !ok {
		return console.UsageError("a username is at most 100 characters without spaces")
	}
	return a.WithStore(ctx, c, func(s *store.Store) error {
		if err := operator.OpenAccount(ctx, c.OperatorDesk(s, c.SettingsInUse(ctx, s, a.Settings)), a.ID, username); err != nil {
			return addCustomerID(a.ID, err)
		}
		return a.PrintOutcome(c.Console, map[string]string{"customer": string(a.ID), "username": username}, "The account was made, and a letter with a temporary password is on its way.")
	})
}
