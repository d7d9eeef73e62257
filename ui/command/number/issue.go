package number

import (
	"cmp"
	"context"
	"fmt"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/listing"
)

// Issue issues a number.
type Issue struct {
	database.Database `embed:""`
	numberArgs        `embed:""`
	Settings          desk.Settings `embed:"" prefix:"set-" group:"settings"`
	Months            int           `placeholder:"N" help:"Months that it works, other than the setting."`
	Send              bool          `help:"Also send it to the customer: by e-mail, or by letter if no address is known."`
	JSON              bool          `name:"json" help:"Give the result as JSON."`
}

// Validate refuses what is no number of months.
func (n *Issue) Validate() error {
	if n.Months < 0 || n.Months > 120 {
		return console.Usage("--months must be from 1 to 120")
	}
	return nil
}

// Run issues the number and shows it, this once.
func (n *Issue) Run(ctx context.Context, c *database.Session) error {
	settings := c.HeldSettingsOr(n.Settings)
	settings.NumberMonths = cmp.Or(n.Months, settings.NumberMonths)
	var issued store.ActivationNumber
	err := n.With(ctx, c, func(s *store.Store) (err error) {
		desk := c.Desk(s, settings)
		issued, err = operator.IssueNumber(ctx, desk, n.Customer, n.Application, n.Send)
		return n.explained(err)
	})
	if err != nil {
		return err
	}
	if n.JSON {
		l := listing.OfNumber(issued, c.Clock.Now())
		l.Number = issued.Number // this once
		return c.JSON(l)
	}
	last := listing.LastDay(issued).Long().EN
	fmt.Fprintf(c.Out, "%s\nworks up to and including %s\n", desk.InFours(issued.Number), last)
	if n.Send {
		c.Say("A message with it is in the outbox.")
	}
	return nil
}
