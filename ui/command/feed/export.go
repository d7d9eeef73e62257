package feed

import (
	"context"
	"errors"
	"fmt"
	"io"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/flows/transfer"
	"loket/store"
	"loket/ui/command/console"
	"loket/ui/command/database"
)

// ExportCommand is the command that writes the contents of a database in the import format.
type ExportCommand struct {
	database.Database      `embed:""`
	Customer               store.CustomerID `placeholder:"ID" help:"Only what is this customer's."`
	console.OutcomePrinter `embed:""`
	console.OutputFile     `embed:""`
}

// Help returns the detailed help of the command.
func (ExportCommand) Help() string {
	return `It writes customers, products, applications and accounts as loket import takes them. The same facts are the same file, and importing it into the same database changes nothing. Another desk that imports it has what customers changed themselves as their own, apart from what the bank says (own). It cannot be taken for a backup: activation numbers cannot be written, since only what they come to is kept, and neither can paired phones, messages, or the audit log. Which products were opened with a number is written (opened).

With --customer it is what there is of one customer, in which others stand by number alone.

Whoever has the file can read it: it holds personal data and hashes of passwords.`
}

// Run writes the contents of the database to a file.
func (x *ExportCommand) Run(ctx context.Context, c *database.CommandSession) error {
	if err := x.CheckWritable(c.Console); err != nil {
		return err
	}
	var wrote transfer.ExportCounts
	err := x.WithStore(ctx, c, func(s *store.Store) error {
		if x.Customer != "" {
			if err := operator.RecordViewedCustomers(ctx, c.OperatorDesk(s, desk.DefaultSettings()), "export", x.Customer); err != nil {
				return err
			}
		}
		return x.Write(c.Console, func(w io.Writer) (err error) {
			if x.Customer != "" {
				wrote, err = transfer.ExportCustomer(ctx, s, w, x.Customer)
			} else {
				wrote, err = transfer.Export(ctx, s, w)
			}
			return err
		})
	})
	if errors.Is(err, operator.ErrUnknownCustomer) {
		return fmt.Errorf("customer %s: %w", x.Customer, err)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return x.printCounts(c.Console, wrote)
}

func (x *ExportCommand) printCounts(c *console.Console, e transfer.ExportCounts) error {
	says := []string{fmt.Sprintf("Exported %s, %s, %s and %s.",
		console.CountText(e.Customers, "customer"), console.CountText(e.Products, "product"), console.CountText(e.Applications, "application"), console.CountText(e.Accounts, "account"))}
	leftOut := func(count int, thing, why string) {
		if count > 0 {
			says = append(says, fmt.Sprintf("Left out %s: %s.", console.CountText(count, thing), why))
		}
	}
	leftOut(e.Numbers, "activation number", "their digits are kept nowhere")
	leftOut(e.Phones, "phone", "their owners pair them anew elsewhere")
	if e.AccountApplications > 0 {
		says = append(says, fmt.Sprintf("Left out %s for an account alone: the desk makes them by itself.", console.CountText(e.AccountApplications, "application")))
	}
	return x.PrintOutcomeToStderr(c, e, says...)
}
