package customer

import (
	"context"
	"fmt"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// BlockCommand is the command that blocks a customer.
type BlockCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	Settings               desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	ID                     store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help returns the detailed help of the command.
func (BlockCommand) Help() string {
	return `Nobody can log in as the customer, by password, temporary password or phone, and visits that are open end at their next step. Nothing is sent that would let them in. To strangers the desk says what it says of nobody; only the right password gets the answer to contact you. No import undoes it: loket customer unblock does.`
}

// Run blocks the customer.
func (b *BlockCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return b.WithStore(ctx, c, func(s *store.Store) error {
		withdrawn, isNew, err := operator.BlockCustomer(ctx, c.OperatorDesk(s, c.SettingsInUse(ctx, s, b.Settings)), b.ID)
		says := "Blocked."
		switch {
		case err != nil:
			return addCustomerID(b.ID, err)
		case !isNew:
			says = "The service desk had blocked this customer already."
		case withdrawn > 0:
			says = fmt.Sprintf("Blocked, and withdrew %s.", console.CountText(withdrawn, "message"))
		}
		return b.PrintOutcome(c.Console, map[string]any{"customer": b.ID, "new": isNew, "messages_withdrawn": withdrawn}, says)
	})
}

// UnblockCommand is the command that ends the block on a customer.
type UnblockCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	Settings               desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	ID                     store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help returns the detailed help of the command.
func (UnblockCommand) Help() string {
	return `It undoes loket customer block. Whom the bank has as blocked, deceased or removed stays so until a file says otherwise.`
}

// Run unblocks the customer.
func (u *UnblockCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return u.WithStore(ctx, c, func(s *store.Store) error {
		was, err := operator.UnblockCustomer(ctx, c.OperatorDesk(s, c.SettingsInUse(ctx, s, u.Settings)), u.ID)
		says := "Unblocked."
		switch {
		case err != nil:
			return addCustomerID(u.ID, err)
		case !was:
			says = "The service desk had not blocked this customer."
		}
		return u.PrintOutcome(c.Console, map[string]any{"customer": u.ID, "was_blocked": was}, says)
	})
}
