package number

import (
	"cmp"
	"context"
	"slices"

	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
	"loket/ui/command/listing"
)

// ListCommand is the command that lists activation numbers.
type ListCommand struct {
	database.Database `embed:""`
	State             string           `placeholder:"STATE" predictor:"number-state" help:"Only those that are issued, used, expired or revoked."`
	Customer          store.CustomerID `placeholder:"ID" help:"Only those of this customer."`
	JSON              bool             `name:"json" help:"Give the list as JSON."`
}

// Validate refuses a state that does not exist.
func (n *ListCommand) Validate() error {
	return console.CheckOneOf("state", store.NumberState(n.State), store.NumberStates...)
}

// Run lists the numbers, by the time of issue and then by customer.
func (n *ListCommand) Run(ctx context.Context, c *database.CommandSession) error {
	var numbers []listing.ListedActivationNumber
	err := n.WithStore(ctx, c, func(s *store.Store) (err error) {
		numbers, err = n.findNumbers(ctx, s)
		return err
	})
	if err != nil {
		return err
	}
	if n.JSON {
		return c.PrintJSON(numbers)
	}
	var rows []console.Row
	for _, l := range numbers {
		rows = append(rows, l.Row())
	}
	if len(rows) > 0 {
		c.PrintTable([]string{"NUMBER", "CUSTOMER", "APPLICATION", "ISSUED", "LAST DAY", "STATE"}, rows)
	}
	c.PrintNotice("%s", console.CountText(len(rows), "activation number"))
	return nil
}

func (n *ListCommand) findNumbers(ctx context.Context, s *store.Store) (numbers []listing.ListedActivationNumber, err error) {
	numbers = []listing.ListedActivationNumber{}
	err = s.View(ctx, func(tx *store.Tx) error {
		for number := range tx.Numbers() {
			l := listing.NewListedNumber(number, tx.Now)
			if (n.State == "" || n.State == string(l.State)) && (n.Customer == "" || n.Customer == l.Customer) {
				numbers = append(numbers, l)
			}
		}
		return nil
	})
	slices.SortFunc(numbers, func(a, b listing.ListedActivationNumber) int {
		return cmp.Or(a.Issued.Compare(b.Issued), cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Application, b.Application))
	})
	return numbers, err
}
