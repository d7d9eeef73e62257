package command

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"loket/flows"
	"loket/store"
)

// Number is about activation numbers.
type Number struct {
	Issue  NumberIssue  `cmd:"" help:"Give a customer an activation number for an application."`
	List   NumberList   `cmd:"" help:"Show activation numbers."`
	Revoke NumberRevoke `cmd:"" help:"Make a customer's activation number for an application useless."`
}

// whose names the number of a person for an application, without the digits:
// these are secret, and everybody on the machine can read arguments.
type whose struct {
	Application store.ApplicationID `required:"" placeholder:"ID" help:"Number of the application."`
	Customer    store.CustomerID    `required:"" placeholder:"ID" help:"Number of the customer, who must be an applicant."`
}

// explained is err with the numbers that it is about.
func (w whose) explained(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("customer %s, application %s: %w", w.Customer, w.Application, err)
}

// NumberIssue issues one.
type NumberIssue struct {
	Database `embed:""`
	whose    `embed:""`
	Settings flows.Settings `embed:"" prefix:"set-" group:"settings"`
	Months   int            `placeholder:"N" help:"Months that it works, other than the setting."`
	Send     bool           `help:"Also send it to the customer: by e-mail, or by letter if no address is known."`
	JSON     bool           `name:"json" help:"Give the result as JSON."`
}

// Validate refuses what is no number of months.
func (n *NumberIssue) Validate() error {
	if n.Months < 0 || n.Months > 120 {
		return Usage("--months must be from 1 to 120")
	}
	return nil
}

// Run issues the number and shows it, this once.
func (n *NumberIssue) Run(ctx context.Context, c *Session) error {
	settings := c.heldSettingsOr(n.Settings)
	settings.NumberMonths = cmp.Or(n.Months, settings.NumberMonths)
	var issued store.ActivationNumber
	err := n.with(ctx, c, func(s *store.Store) (err error) {
		desk := c.desk(s, settings)
		issued, err = desk.IssueNumber(ctx, n.Customer, n.Application, n.Send)
		return n.explained(err)
	})
	if err != nil {
		return err
	}
	if n.JSON {
		l := listed(issued, c.Clock.Now())
		l.Number = issued.Number // this once
		return c.json(l)
	}
	_, last := lastDay(issued).Long()
	fmt.Fprintf(c.Out, "%s\nworks up to and including %s\n", flows.InFours(issued.Number), last)
	if n.Send {
		c.say("A message with it is in the outbox.")
	}
	return nil
}

// NumberRevoke revokes one.
type NumberRevoke struct {
	Database `embed:""`
	whose    `embed:""`
}

// Run revokes the number.
func (n *NumberRevoke) Run(ctx context.Context, c *Session) error {
	return n.with(ctx, c, func(s *store.Store) error {
		desk := c.desk(s, flows.Defaults())
		revoked, err := desk.RevokeNumber(ctx, n.Customer, n.Application)
		if err == nil {
			c.say("Revoked %s.", masked(revoked.Tail))
		}
		return n.explained(err)
	})
}

// NumberList lists them.
type NumberList struct {
	Database `embed:""`
	State    string           `placeholder:"STATE" help:"Only those that are issued, used, expired or revoked."`
	Customer store.CustomerID `placeholder:"ID" help:"Only those of this customer."`
	JSON     bool             `name:"json" help:"Give the list as JSON."`
}

// Validate refuses what is no state.
func (n *NumberList) Validate() error {
	return oneOf("state", store.NumberState(n.State), store.NumberStates...)
}

// Run lists them, by when they were issued and then by customer.
func (n *NumberList) Run(ctx context.Context, c *Session) error {
	var numbers []ListedNumber
	err := n.with(ctx, c, func(s *store.Store) (err error) {
		numbers, err = n.find(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	if n.JSON {
		return c.json(numbers)
	}
	var rows []row
	for _, l := range numbers {
		rows = append(rows, l.row())
	}
	if len(rows) > 0 {
		c.table([]string{"NUMBER", "CUSTOMER", "APPLICATION", "ISSUED", "LAST DAY", "STATE"}, rows)
	}
	c.say("%s", some(len(rows), "activation number"))
	return nil
}

func (n *NumberList) find(ctx context.Context, s *store.Store) (numbers []ListedNumber, err error) {
	numbers = []ListedNumber{}
	err = s.View(ctx, func(tx *store.Tx) error {
		for number := range tx.Numbers() {
			l := listed(number, tx.Now)
			if (n.State == "" || n.State == string(l.State)) && (n.Customer == "" || n.Customer == l.Customer) {
				numbers = append(numbers, l)
			}
		}
		return nil
	})
	slices.SortFunc(numbers, func(a, b ListedNumber) int {
		return cmp.Or(a.Issued.Compare(b.Issued), cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Application, b.Application))
	})
	return numbers, err
}
