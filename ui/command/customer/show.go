package customer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/database"
)

// ShowCommand is the command that shows the data of a customer to an operator.
type ShowCommand struct {
	database.Database `embed:""`
	Settings          desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	ID                store.CustomerID `arg:"" help:"Number of the customer."`
	JSON              bool             `name:"json" help:"Give it as JSON."`
}

// Run shows the data of the customer.
func (s *ShowCommand) Run(ctx context.Context, c *database.CommandSession) error {
	var of operator.CustomerReport
	err := s.WithStore(ctx, c, func(st *store.Store) (err error) {
		desk := c.OperatorDesk(st, c.SettingsInUse(ctx, st, s.Settings))
		if of, err = operator.ReportCustomer(ctx, desk, s.ID); err != nil {
			return err
		}
		return operator.RecordViewedCustomers(ctx, desk, "customer show", s.ID)
	})
	if err != nil {
		return addCustomerID(s.ID, err)
	}
	shown := newShownCustomer(of, c.Clock.Now())
	if s.JSON {
		return c.PrintJSON(shown)
	}
	shown.writeText(c.Console)
	return nil
}
