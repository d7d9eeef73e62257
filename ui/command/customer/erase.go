package customer

import (
	"context"
	"errors"
	"fmt"

	"loket/flows/desk"
	"loket/flows/maintenance"
	"loket/flows/operator"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// EraseCommand is the command that deletes the data of a customer.
type EraseCommand struct {
	database.Database      `embed:""`
	console.OutcomePrinter `embed:""`
	Yes                    bool             `help:"Yes, do not ask."`
	ID                     store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help returns the detailed help of the command.
func (EraseCommand) Help() string {
	return `The customer goes, with account, activation numbers, messages, and the products that nobody else holds. Products and applications that are others' too stay without them. The audit log stays, and no longer says what was about them. If it is stopped in the middle, the same command completes it.

It asks for the number of the customer on standard input, unless --yes is given. What stands in backups and exports is for you to erase. Files of the bank that still list the customer do not bring them back: see loket manual operators.`
}

// Run deletes the data of the customer.
func (e *EraseCommand) Run(ctx context.Context, c *database.CommandSession) error {
	return e.WithStore(ctx, c, func(s *store.Store) error {
		if err := e.confirmErasure(ctx, c, s); err != nil {
			return err
		}
		erased, err := operator.EraseCustomer(ctx, c.OperatorDesk(s, desk.DefaultSettings()), e.ID)
		if err == nil || errors.Is(err, maintenance.ErrNotScrubbed) {
			says, copies := eraseResultText(erased), c.DatabaseInUse(e.Database).MigrationCopies()
			for _, path := range copies {
				says = append(says, fmt.Sprintf("The customer is still in %s, the copy from before a migration: loket check takes it away.", path))
			}
			if failed := e.PrintOutcome(c.Console, erasedJSON{e.ID, erased, copies}, says...); failed != nil {
				return failed
			}
		}
		if err != nil {
			return addCustomerID(e.ID, err)
		}
		return nil
	})
}

// confirmErasure shows the customer to the operator, who must type the ID of the customer to confirm.
func (e *EraseCommand) confirmErasure(ctx context.Context, c *database.CommandSession, s *store.Store) error {
	if e.Yes {
		return nil
	}
	who, err := e.describeCustomer(ctx, s)
	if err != nil {
		return addCustomerID(e.ID, err)
	}
	if e.JSON {
		return console.UsageError("--json asks nothing: say --yes if you mean it")
	}
	c.PrintResult("%s\n", who)
	if err := c.Flush(); err != nil {
		return fmt.Errorf("nothing was erased: %w", err)
	}
	c.PrintNotice("All that the desk knows of this customer goes, for ever. Type the number of the customer to go on:")
	typed, err := c.ReadLine(ctx)
	if err != nil {
		return fmt.Errorf("nothing was erased: %w", err)
	}
	if typed != string(e.ID) {
		return errors.New("nothing was erased: that is not the number of the customer")
	}
	return nil
}

// describeCustomer returns a sentence about the customer who would be erased.
func (e *EraseCommand) describeCustomer(ctx context.Context, s *store.Store) (says string, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		owner, found := tx.Customer(e.ID)
		switch {
		case found:
			says = fmt.Sprintf("%s, born %s, %s", desk.CustomerName(owner), owner.BirthDate, desk.CustomerCity(owner))
		case tx.IsBeingErased(e.ID):
			says = "Erasing this customer began before, and was not completed."
		default:
			return operator.ErrUnknownCustomer
		}
		return nil
	})
	return says, err
}

// erasedJSON is the result of the command as JSON: the numbers of deleted records.
type erasedJSON struct {
	Customer store.CustomerID `json:"customer"`
	operator.EraseResult
	Copies []string `json:"still_in_copies,omitempty"`
}

func eraseResultText(e operator.EraseResult) (says []string) {
	account := "no account"
	if e.Account {
		account = "the account"
	}
	says = append(says, fmt.Sprintf("Erased the customer, %s, %s, %s, %s and %s.", account,
		console.CountText(e.Products, "product"), console.CountText(e.Applications, "application"), console.CountText(e.Numbers, "activation number"), console.CountText(e.Messages, "message")))
	if e.SharedProducts > 0 {
		says = append(says, fmt.Sprintf("%s of others as well stay without the customer.", console.CountText(e.SharedProducts, "product")))
	}
	if e.AuditEntries > 0 {
		says = append(says, fmt.Sprintf("The audit log has no customer any more where it had this one, %s.", console.CountText(e.AuditEntries, "time")))
	}
	return says
}
