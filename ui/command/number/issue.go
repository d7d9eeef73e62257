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

// IssueCommand is the command that issues an activation number.
type IssueCommand struct {
	database.Database `embed:""`
	numberArgs        `embed:""`
	Settings          desk.Settings `embed:"" prefix:"set-" group:"settings"`
	Months            int           `placeholder:"N" help:"Months that it works, other than the setting."`
	Send              bool          `help:"Also send it to the customer: by e-mail, or by letter if no address is known."`
	JSON              bool          `name:"json" help:"Give the result as JSON."`
}

// Validate refuses a number of months out of range.
func (n *IssueCommand) Validate() error {
	if n.Months < 0 || n.Months > 120 {
		return console.UsageError("--months must be from 1 to 120")
	}
	return nil
}

// Run issues the number and shows it. The number is issued only if it could be shown, because it
// cannot be shown again.
func (n *IssueCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if !n.Send && c.DiscardsResult() {
		return console.UsageError("nobody would see the number: let it be written, or say --send")
	}
	err := n.WithStore(ctx, c, func(s *store.Store) (err error) {
		settings := c.SettingsInUse(ctx, s, n.Settings)
		settings.NumberMonths = cmp.Or(n.Months, settings.NumberMonths)
		_, err = operator.IssueNumber(ctx, c.OperatorDesk(s, settings), operator.NumberIssue{
			Customer: n.Customer, Application: n.Application, SendToCustomer: n.Send,
			ShowNumber: func(number store.ActivationNumber) error { return n.printNumber(c.Console, number) },
		})
		return n.addNumberContext(err)
	})
	if err == nil && n.Send {
		c.PrintNotice("A message with it is in the outbox.")
	}
	return err
}

// printNumber prints an activation number, and waits until the output has been written.
func (n *IssueCommand) printNumber(c *console.Console, number store.ActivationNumber) (err error) {
	if n.JSON {
		l := listing.NewListedNumber(number, number.Issued)
		l.Number = number.Number // Show all digits, because the operator needs them.
		err = c.PrintJSON(l)
	} else {
		_, err = fmt.Fprintf(c.Out, "%s\nworks up to and including %s\n", desk.GroupActivationNumber(number.Number), listing.LastValidDay(number).LongText().EN)
	}
	if err = cmp.Or(err, c.Flush()); err != nil {
		return fmt.Errorf("no number was issued, because it could not be shown: %w", err)
	}
	return nil
}
