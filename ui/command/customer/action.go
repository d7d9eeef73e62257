package customer

import (
	"context"
	"fmt"

	"loket/flows/desk"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// CustomerAction has the flags and the argument of a command that does something for one customer, as a desk with the given settings
// would.
type CustomerAction struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	Settings               desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	ID                     store.CustomerID `arg:"" help:"Number of the customer."`
}

// actionOutcome is what an action did: its result as JSON, and sentences about it.
type actionOutcome struct {
	result any
	says   []string
}

// runAction does the action do for the customer, and shows its outcome.
func (a *CustomerAction) runAction(ctx context.Context, c *database.CommandSession, do func(*desk.Desk) (actionOutcome, error)) error {
	return a.WithStore(ctx, c, func(s *store.Store) error {
		outcome, err := do(c.OperatorDesk(s, c.SettingsInUse(ctx, s, a.Settings)))
		if err != nil {
			return addCustomerID(a.ID, err)
		}
		return a.PrintOutcome(c.Console, outcome.result, outcome.says...)
	})
}

// addCustomerID adds the ID of the customer to an error.
func addCustomerID(id store.CustomerID, err error) error {
	return fmt.Errorf("customer %s: %w", id, err)
}
