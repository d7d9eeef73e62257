package operator

import (
	"context"
	"errors"

	"loket/flows/desk"
	"loket/store"
)

// Errors of OpenAccount, besides ErrUnknownCustomer and ErrCustomerInactive.
var (
	ErrHasAccount    = errors.New("the customer has an account already")
	ErrUsernameTaken = errors.New("the username is somebody else's")
)

const outcomeAccountOpened = "account opened"

// OpenAccount opens an account for a customer who cannot do so at a desk, for example because the bank does not know their
// birth date. A temporary password is sent by letter even if an e-mail address is known, because nobody has used the account
// before (F3). The service desk tells the customer the username.
func OpenAccount(ctx context.Context, d *desk.Desk, id store.CustomerID, username string) error {
	password, err := d.NewTemporaryPassword()
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
			return ErrCustomerInactive
		}
		if _, has := tx.Account(id); has {
			return ErrHasAccount
		}
		if _, taken := tx.AccountByUsername(username); taken {
			return ErrUsernameTaken
		}
		d.SendTemporaryPassword(tx, store.Account{Customer: id, Username: username}, c, store.ByLetter, password, hash)
		// Wrong passwords from before the account existed do not count.
		tx.PutAttempts(desk.PasswordThrottleKey(username), store.Attempts{})
		recordOperatorAction(d, tx, id, "customer activate", outcomeAccountOpened)
		return nil
	})
}
