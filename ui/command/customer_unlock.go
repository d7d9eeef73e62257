package command

import (
	"context"

	"loket/flows/desk"
	"loket/flows/operator"
	"loket/store"
)

// CustomerUnlock unlocks an account.
type CustomerUnlock struct {
	Database `embed:""`
	Settings desk.Settings    `embed:"" prefix:"set-" group:"settings"`
	ID       store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help explains the command.
func (CustomerUnlock) Help() string {
	return `The next password, code for a new e-mail address, or answer of a phone, is looked at straight away, and a password that was off after too many wrong ones works again. Be sure to whom you speak: whoever guessed at it can go on guessing.

What wrong answers did to a terminal, or to an activation number, is over by itself within minutes.`
}

// Run unlocks the account.
func (u *CustomerUnlock) Run(ctx context.Context, c *Console) error {
	return u.with(ctx, c, func(s *store.Store) error {
		was, err := operator.Unlock(ctx, c.desk(s, c.settings(u.Settings)), u.ID)
		if err != nil {
			return about(u.ID, err)
		}
		if was.Nothing() {
			c.say("There was nothing to unlock.")
			return nil
		}
		c.say("Forgot %s, %s and %s.", some(was.Password.Wrong, "wrong password"), some(was.Code.Wrong, "wrong code"), some(was.Phones.Wrong, "wrong phone answer"))
		if was.Off {
			c.say("The password was off, and works again.")
		}
		return nil
	})
}
