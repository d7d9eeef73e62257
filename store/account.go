package store

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"loket/store/sealedkv"
)

// Account is what a customer logs in to.
type Account struct {
	Customer           CustomerID        `cbor:"1,keyasint"`
	Username           string            `cbor:"2,keyasint"` // as its owner wrote it; see FoldUsername
	PasswordHash       string            `cbor:"3,keyasint,omitempty"`
	Temporary          TemporaryPassword `cbor:"4,keyasint,omitzero"`   // the newest
	HasLoggedIn        bool              `cbor:"5,keyasint,omitempty"`  // somebody logged in to it (F3)
	Origin             uint64            `cbor:"6,keyasint,omitempty"`  // fingerprint of the line that it was imported from
	LineHash           uint64            `cbor:"30,keyasint,omitempty"` // of the line that it was imported from, as that stood, with Origin
	PasswordGeneration int               `cbor:"7,keyasint,omitempty"`  // of the password: visits that began with an earlier one are over
	NewEmail           NewEmail          `cbor:"8,keyasint,omitzero"`
	UserHandle         []byte            `cbor:"9,keyasint,omitempty"`  // random bytes by which phones know the account; nil before the first phone
	Passkeys           []Passkey         `cbor:"10,keyasint,omitempty"` // in the order in which their phones were paired
	PreviousTemporary  TemporaryPassword `cbor:"11,keyasint,omitzero"`  // the one before Temporary, which works until Temporary should have arrived
	Version            int               `cbor:"20,keyasint,omitempty"` // how often the account was changed: PutAccount counts
}

// NewEmail is an e-mail address that is confirmed once its owner enters the code that was
// sent to it.
type NewEmail struct {
	Address string    `cbor:"1,keyasint"`
	Code    string    `cbor:"2,keyasint"` // the Digest of the code
	Expires time.Time `cbor:"3,keyasint"`
}

// TemporaryPassword lets the owner of an account choose a new password, once. The current
// password stays valid until then, so that a request for a temporary password cannot lock
// an account.
type TemporaryPassword struct {
	Hash      string    `cbor:"1,keyasint"`
	Expires   time.Time `cbor:"2,keyasint"`
	ArrivesBy time.Time `cbor:"3,keyasint,omitzero"` // the day by which the letter should have arrived; zero if it went by e-mail
}

// TemporaryByHash returns the temporary password with a hash, if the account has it.
func (a *Account) TemporaryByHash(hash string) (t TemporaryPassword, found bool) {
	for _, t := range []TemporaryPassword{a.Temporary, a.PreviousTemporary} {
		if t.Hash == hash && hash != "" {
			return t, true
		}
	}
	return t, false
}

// AccountKey returns the key of a customer's account.
func (tx *Tx) AccountKey(owner CustomerID) string {
	return tx.lookupKey(AccountTable, string(owner))
}

// FoldUsername returns the form in which usernames are compared: without differences in
// case, width, or the encoding of accents (Unicode NFKC).
func FoldUsername(username string) string {
	return norm.NFKC.String(strings.ToLower(norm.NFKC.String(username)))
}

// UsernameKey returns the key of the owner of a username.
func (tx *Tx) UsernameKey(username string) string { return tx.usernameKey(FoldUsername(username)) }

func (tx *Tx) usernameKey(folded string) string {
	return tx.lookupKey(UsernameTable, folded)
}

// Account returns a customer's account.
func (tx *Tx) Account(owner CustomerID) (Account, bool) {
	return sealedkv.Get[Account](tx.sealed, tx.AccountKey(owner))
}

// AccountByUsername returns the account with a username, compared by FoldUsername. For an
// unknown username it reads an account too, so that both take about the same time (X2).
func (tx *Tx) AccountByUsername(username string) (Account, bool) {
	owner, _ := sealedkv.Get[CustomerID](tx.sealed, tx.UsernameKey(username))
	return tx.Account(owner)
}

// PutAccount stores a, under its username and its handle. The caller checks in the same
// transaction that the username is free. A handle never changes. PutAccount increments
// the version.
func (tx *Tx) PutAccount(a Account) {
	old, was := tx.Account(a.Customer)
	renamed := FoldUsername(old.Username) != FoldUsername(a.Username)
	if was && renamed {
		tx.sealed.Delete(tx.UsernameKey(old.Username))
	}
	if !was || renamed {
		sealedkv.Put(tx.sealed, tx.UsernameKey(a.Username), a.Customer)
	}
	if old.UserHandle == nil && a.UserHandle != nil {
		sealedkv.Put(tx.sealed, tx.HandleKey(a.UserHandle), a.Customer)
	}
	key := tx.AccountKey(a.Customer)
	a.Version = tx.nextVersion(key, old.Version, was)
	sealedkv.Put(tx.sealed, key, a)
}

// DeleteAccount deletes a customer's account, if there is one, and frees its username.
func (tx *Tx) DeleteAccount(owner CustomerID) {
	if a, found := tx.Account(owner); found {
		tx.sealed.Delete(tx.UsernameKey(a.Username))
		if a.UserHandle != nil {
			tx.sealed.Delete(tx.HandleKey(a.UserHandle))
		}
		tx.noteDeleted(tx.AccountKey(owner), a.Version)
		tx.sealed.Delete(tx.AccountKey(owner))
	}
}
