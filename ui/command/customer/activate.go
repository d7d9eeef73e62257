package customer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// Activate is the command that opens an account for a customer.
type Activate struct {
	database.Database `embed:""`
	console.Outcome   `embed:""`
	Settings          desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	Username          string           `required:"" placeholder:"NAME" help:"Username of the account."`
	ID                store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help returns the detailed help of the command.
func (Activate) Help() string {
	return `It makes an account for a customer who cannot do so at a desk, such as one whose papers have no date of birth, and sends them a temporary password by letter. Tell them the username yourself. Be sure to whom you speak.`
}

// Run opens the account.
func (a *Activate) Run(ctx context.Context, c *database.Session) error {
	username, ok := desk.ParseUsername(a.Username)
	if !ok {
		return console.UsageError("a username is at most 100 characters without spaces")
	}
	return a.WithStore(ctx, c, func(s *store.Store) error {
		if err := operator.OpenAccount(ctx, c.Desk(s, c.SettingsInUse(ctx, s, a.Settings)), a.ID, username); err != nil {
			return customerError(a.ID, err)
		}
		return a.Tell(c.Console, map[string]string{"customer": string(a.ID), "username": username}, "The account was made, and a letter with a temporary password is on its way.")
	})
}
