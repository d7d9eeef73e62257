package command

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"loket/flows/desk"
	"loket/flows/dutch"
	"loket/flows/operator"
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
	Settings desk.Settings `embed:"" prefix:"set-" group:"settings"`
	Months   int           `placeholder:"N" help:"Months that it works, other than the setting."`
	Send     bool          `help:"Also send it to the customer: by e-mail, or by letter if no address is known."`
	JSON     bool          `name:"json" help:"Give the result as JSON."`
}

// Validate refuses what is no number of months.
func (n *NumberIssue) Validate() error {
	if n.Months < 0 || n.Months > 120 {
		return Usage("--months must be from 1 to 120")
	}
	return nil
}

// Run issues the number and shows it, this once.
func (n *NumberIssue) Run(ctx context.Context, c *Console) error {
	settings := c.settings(n.Settings)
	settings.NumberMonths = cmp.Or(n.Months, settings.NumberMonths)
	var issued store.ActivationNumber
	err := n.with(ctx, c, func(s *store.Store) (err error) {
		desk := c.desk(s, settings)
		issued, err = operator.IssueNumber(ctx, desk, n.Customer, n.Application, n.Send)
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
	last := lastDay(issued).Long().EN
	fmt.Fprintf(c.Out, "%s\nworks up to and including %s\n", desk.InFours(issued.Number), last)
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
func (n *NumberRevoke) Run(ctx context.Context, c *Console) error {
	return n.with(ctx, c, func(s *store.Store) error {
		desk := c.desk(s, desk.Defaults())
		revoked, err := operator.RevokeNumber(ctx, desk, n.Customer, n.Application)
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

// ListedNumber is an activation number as a program gets it. Times are of
// Amsterdam; Number has stars for all digits but the last four, since the others
// are kept nowhere.
type ListedNumber struct {
	Number      string              `json:"number"`
	Customer    store.CustomerID    `json:"customer"`
	Application store.ApplicationID `json:"application"`
	Issued      time.Time           `json:"issued"`
	LastDay     dutch.Date          `json:"last_day"`
	State       store.NumberState   `json:"state"`
	Since       time.Time           `json:"since,omitzero"` // when it was used or revoked
}

// Run lists them, by when they were issued and then by customer.
func (n *NumberList) Run(ctx context.Context, c *Console) error {
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

func (l ListedNumber) row() row {
	state := string(l.State)
	if !l.Since.IsZero() {
		state += " " + minute(l.Since)
	}
	return row{
		desk.InFours(l.Number), string(l.Customer), string(l.Application), minute(l.Issued), l.LastDay.String(), state,
	}
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

func listed(n store.ActivationNumber, now time.Time) ListedNumber {
	l := ListedNumber{
		Number: masked(n.Tail), Customer: n.Customer, Application: n.Application, Issued: n.Issued.In(dutch.Amsterdam),
		LastDay: lastDay(n), State: n.State(now),
	}
	switch l.State {
	case store.NumberUsed:
		l.Since = n.Used.In(dutch.Amsterdam)
	case store.NumberRevoked:
		l.Since = n.Revoked.In(dutch.Amsterdam)
	}
	return l
}

// lastDay is the last day on which a number works.
func lastDay(n store.ActivationNumber) dutch.Date {
	return dutch.DateOf(n.Expires.Add(-time.Nanosecond))
}

// masked stands for a number of which the last digits are known.
func masked(tail string) string { return "********" + tail }
