package command

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
)

// CustomerUnpair removes a phone.
type CustomerUnpair struct {
	Database `embed:""`
	Settings desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	Phone    string           `required:"" placeholder:"NAME" help:"Name of the phone, as loket customer show has it."`
	ID       store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help explains the command.
func (CustomerUnpair) Help() string {
	return `For who has lost a phone and cannot log in to remove it. A visit that the phone began ends at its next step, and the customer gets a message that it was removed. Be sure to whom you speak.`
}

// Run removes the phone.
func (u *CustomerUnpair) Run(ctx context.Context, c *Console) error {
	return u.with(ctx, c, func(s *store.Store) error {
		if err := operator.Unpair(ctx, c.desk(s, c.settings(u.Settings)), u.ID, u.Phone); err != nil {
			return about(u.ID, err)
		}
		c.say("The phone no longer logs in.")
		return nil
	})
}
