package customer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// ActivateCommand is the command that opens an account for a customer.
type ActivateCommand struct {
	CustomerAction
	Username string `required:"" placeholder:"NAME" help:"Username of the account."`
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
	return a.runAction(ctx, c, func(d *desk.Desk) (actionOutcome, error) {
		err := operator.OpenAccount(ctx, d, a.ID, username)
		return actionOutcome{map[string]any{"customer": a.ID, "username": username}, []string{"The account was made, and a letter with a temporary password is on its way."}}, err
	})
}
