package customer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/ui/command/database"
)

// UnpairCommand is the command that removes a paired phone from the account of a customer.
type UnpairCommand struct {
	CustomerAction
	Phone string `required:"" placeholder:"NAME" help:"Name of the phone, as loket customer show has it."`
}

// Help returns the detailed help of the command.
func (UnpairCommand) Help() string {
	return `For who has lost a phone and cannot log in to remove it. A visit that the phone began ends at its next step, and the customer gets a message that it was removed. Be sure to whom you speak.`
}

// Run removes the phone from the account.
func (u *UnpairCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return u.runAction(ctx, c, func(d *desk.Desk) (actionOutcome, error) {
		err := operator.UnpairPhone(ctx, d, u.ID, u.Phone)
		return actionOutcome{map[string]any{"customer": u.ID, "phone": u.Phone}, []string{"The phone no longer logs in."}}, err
	})
}
