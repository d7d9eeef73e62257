package operator

import (
	"context"
	"errors"

	"loket/flows/desk"
	"loket/store"
)

// Why no account can be opened, besides ErrUnknownCustomer and ErrInactive.
var (
	ErrHasAccount    = errors.New("the customer has an account already")
	ErrUsernameTaken = errors.New("the username is somebody else's")
)

const accountOpened = "account opened"

// OpenAccount opens an account for a customer who cannot do that at a desk: of whose birth date
// nothing is known, say. A temporary password goes to them by letter, whatever e-mail address
// is known, because nobody has used the account before (F3). The username is for the service
// desk to tell.
func OpenAccount(ctx context.Context, d *desk.Desk, id store.CustomerID, username string) error {
	password, err := d.NewTemporary()
	if err != nil {
		return err
	}
	hash, err := d.Hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return d.Store.Update(ctx, func(tx *store.Tx) error {
		c, found := tx.Customer(id)
		if !found {
			return ErrUnknownCustomer
		}
		if !c.IsActive() {
			return ErrInactive
		}
		if _, has := tx.Account(id); has {
			return ErrHasAccount
		}
		if _, taken := tx.AccountByUsername(username); taken {
			return ErrUsernameTaken
		}
		d.SendTemporary(tx, store.Account{Customer: id, Username: username}, c, store.ByLetter, password, hash)
		tx.PutAttempts(desk.PasswordThrottleKey(username), store.Attempts{}) // who tried this name before guessed at nothing
		recordAction(d, tx, id, "customer activate", accountOpened)
		return nil
	})
}
