package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"loket/flows"
	"loket/store"
)

// CustomerUnlock unlocks an account.
type CustomerUnlock struct {
	Database `embed:""`
	Settings flows.Settings   `embed:"" prefix:"set-" group:"settings"`
	ID       store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help explains the command.
func (CustomerUnlock) Help() string {
	return `The next password, or code for a new e-mail address, is looked at straight away, and a password that was off after too many wrong ones works again. Be sure to whom you speak: whoever guessed at it can go on guessing.

What wrong answers did to a terminal, or to an activation number, is over by itself within minutes.`
}

// Run unlocks the account.
func (u *CustomerUnlock) Run(ctx context.Context, c *Console) error {
	return u.with(ctx, c, func(s *store.Store) error {
		was, err := flows.NewDesk(s, c.Clock, store.ByOperator, c.settings(u.Settings)).Unlock(ctx, u.ID)
		if err != nil {
			return about(u.ID, err)
		}
		if was.Nothing() {
			c.say("There was nothing to unlock.")
			return nil
		}
		c.say("Forgot %s and %s.", some(was.Password.Wrong, "wrong password"), some(was.Code.Wrong, "wrong code"))
		if was.Off {
			c.say("The password was off, and works again.")
		}
		return nil
	})
}

// CustomerErase erases a customer.
type CustomerErase struct {
	Database `embed:""`
	Yes      bool             `help:"Yes, do not ask."`
	ID       store.CustomerID `arg:"" help:"Number of the customer."`
}

// Help explains the command.
func (CustomerErase) Help() string {
	return `The customer goes, with account, activation numbers, messages, and the products that nobody else holds. Products and applications that are others' too stay without them. The audit log stays, and no longer says what was about them. If it is stopped in the middle, the same command completes it.

It asks for the number of the customer on standard input, unless --yes is given. What stands in backups and exports is for you to erase, and an import that has the customer brings them back.`
}

// Run erases the customer.
func (e *CustomerErase) Run(ctx context.Context, c *Console) error {
	return e.with(ctx, c, func(s *store.Store) error {
		if err := e.confirm(ctx, c, s); err != nil {
			return err
		}
		erased, err := flows.NewDesk(s, c.Clock, store.ByOperator, flows.Defaults()).Erase(ctx, e.ID)
		if err == nil || errors.Is(err, flows.ErrUnscrubbed) {
			report(c, erased)
		}
		if err != nil {
			return about(e.ID, err)
		}
		return nil
	})
}

// confirm has the operator type whom to erase, after showing who that is.
func (e *CustomerErase) confirm(ctx context.Context, c *Console, s *store.Store) error {
	if e.Yes {
		return nil
	}
	if err := s.View(ctx, func(tx *store.Tx) error {
		owner, found := tx.Customer(e.ID)
		switch {
		case found:
			fmt.Fprintf(c.Out, "%s, born %s, %s\n", flows.NameOf(owner), owner.BirthDate, owner.City)
		case tx.Leaving(e.ID):
			fmt.Fprintln(c.Out, "Erasing this customer began before, and was not completed.")
		default:
			return flows.ErrUnknownCustomer
		}
		return nil
	}); err != nil {
		return about(e.ID, err)
	}
	c.say("All that the desk knows of this customer goes, for ever. Type the number of the customer to go on:")
	typed, err := c.line(ctx)
	if err != nil {
		return fmt.Errorf("nothing was erased: %w", err)
	}
	if typed != string(e.ID) {
		return errors.New("nothing was erased: that is not the number of the customer")
	}
	return nil
}

// longestLine is how many bytes of a line are read, at most.
const longestLine = 200

// line reads a line from the console's input, without the space around it. None
// at all is an empty one.
func (c *Console) line(ctx context.Context) (string, error) {
	type read struct {
		line string
		err  error
	}
	done := make(chan read, 1)
	go func() { // which is left to itself if ctx ends: nobody can take back a Read
		line, err := bufio.NewReader(io.LimitReader(c.In, longestLine)).ReadString('\n')
		if errors.Is(err, io.EOF) {
			err = nil
		}
		done <- read{strings.TrimSpace(line), err}
	}()
	select {
	case r := <-done:
		return r.line, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

func report(c *Console, e flows.Erased) {
	account := "no account"
	if e.Account {
		account = "the account"
	}
	c.say("Erased the customer, %s, %s, %s, %s and %s.", account,
		some(e.Products, "product"), some(e.Applications, "application"), some(e.Numbers, "activation number"), some(e.Messages, "message"))
	if e.Shared > 0 {
		c.say("%s of others as well stay without the customer.", some(e.Shared, "product"))
	}
	if e.Entries > 0 {
		c.say("The audit log has no customer any more where it had this one, %s.", some(e.Entries, "time"))
	}
}
