package customer

import (
	"context"
	"fmt"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// BlockCommand is the command that blocks a customer.
type BlockCommand struct {
	CustomerAction
}

// Help returns the detailed help of the command.
func (BlockCommand) Help() string {
	return `Nobody can log in as the customer, by password, temporary password or phone, and visits that are open end at their next step. Nothing is sent that would let them in. To strangers the desk says what it says of nobody; only the right password gets the answer to contact you. No import undoes it: loket customer unblock does.`
}

// Run blocks the customer.
func (b *BlockCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return b.runAction(ctx, c, func(d *desk.Desk) (actionOutcome, error) {
		withdrawn, isNew, err := operator.BlockCustomer(ctx, d, b.ID)
		says := "Blocked."
		switch {
		case !isNew:
			says = "The service desk had blocked this customer already."
		case withdrawn > 0:
			says = fmt.Sprintf("Blocked, and withdrew %s.", console.CountText(withdrawn, "message"))
		}
		return actionOutcome{map[string]any{"customer": b.ID, "new": isNew, "messages_withdrawn": withdrawn}, []string{says}}, err
	})
}

// UnblockCommand is the command that ends the block on a customer.
type UnblockCommand struct {
	CustomerAction
}

// Help returns the detailed help of the command.
func (UnblockCommand) Help() string {
	return `It undoes loket customer block. Whom the bank has as blocked, deceased or removed stays so until a file says otherwise.`
}

// Run unblocks the customer.
func (u *UnblockCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return u.runAction(ctx, c, func(d *desk.Desk) (actionOutcome, error) {
		was, err := operator.UnblockCustomer(ctx, d, u.ID)
		says := "Unblocked."
		if !was {
			says = "The service desk had not blocked this customer."
		}
		return actionOutcome{map[string]any{"customer": u.ID, "was_blocked": was}, []string{says}}, err
	})
}
