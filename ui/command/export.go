package command

import (
	"context"
	"errors"
	"fmt"
	"io"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/flows/transfer"
	"loket/store"
)

// Export writes what is in a database.
type Export struct {
	Database `embed:""`
	Customer store.CustomerID `placeholder:"ID" help:"Only what is this customer's."`
	JSON     bool             `name:"json" help:"Give the summary as JSON, on standard error."`
	NewFile  `embed:""`
}

// Help explains the command.
func (Export) Help() string {
	return `It writes customers, products, applications and accounts as loket import takes them. The same facts are the same file, and importing it into the same database changes nothing. It cannot be taken for a backup: activation numbers cannot be written, since only what they come to is kept, and neither can which products were opened with one, paired phones, messages, or the audit log.

With --customer it is what there is of one customer, in which others stand by number alone.

Whoever has the file can read it: it holds personal data and hashes of passwords.`
}

// Run writes the file.
func (x *Export) Run(ctx context.Context, c *Console) error {
	if err := x.writable(c); err != nil {
		return err
	}
	var wrote transfer.Exported
	err := x.with(ctx, c, func(s *store.Store) error {
		if x.Customer != "" {
			if err := operator.RecordView(ctx, c.desk(s, desk.Defaults()), "export", x.Customer); err != nil {
				return err
			}
		}
		return x.write(c, func(w io.Writer) (err error) {
			if x.Customer != "" {
				wrote, err = transfer.ExportCustomer(ctx, s, w, x.Customer)
			} else {
				wrote, err = transfer.Export(ctx, s, w)
			}
			return err
		})
	})
	if errors.Is(err, operator.ErrUnknownCustomer) {
		return about(x.Customer, err)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return x.report(c, wrote)
}

func (x *Export) report(c *Console, e transfer.Exported) error {
	if x.JSON {
		beside := *c
		beside.Out = c.Err
		return beside.json(e)
	}
	c.say("Exported %s, %s, %s and %s.",
		some(e.Customers, "customer"), some(e.Products, "product"), some(e.Applications, "application"), some(e.Accounts, "account"))
	if e.Numbers > 0 {
		c.say("Left out %s: their digits are kept nowhere.", some(e.Numbers, "activation number"))
	}
	if e.Phones > 0 {
		c.say("Left out %s: their owners pair them anew elsewhere.", some(e.Phones, "phone"))
	}
	if e.Bare > 0 {
		c.say("Left out %s for an account alone: the desk makes them by itself.", some(e.Bare, "application"))
	}
	return nil
}
