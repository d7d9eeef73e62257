package customer

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/database"
)

// Show is the command that shows the data of a customer to an operator.
type Show struct {
	database.Database `embed:""`
	Settings          desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	ID                store.CustomerID `arg:"" help:"Number of the customer."`
	JSON              bool             `name:"json" help:"Give it as JSON."`
}

// Run shows the data of the customer.
func (s *Show) Run(ctx context.Context, c *database.Session) error {
	var of operator.CustomerReport
	err := s.WithStore(ctx, c, func(st *store.Store) (err error) {
		desk := c.Desk(st, c.SettingsInUse(ctx, st, s.Settings))
		if of, err = operator.ReportCustomer(ctx, desk, s.ID); err != nil {
			return err
		}
		return operator.RecordViews(ctx, desk, "customer show", s.ID)
	})
	if err != nil {
		return customerError(s.ID, err)
	}
	shown := shownCustomer(of, c.Clock.Now())
	if s.JSON {
		return c.JSON(shown)
	}
	shown.writeText(c.Console)
	return nil
}
