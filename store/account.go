package store

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"loket/store/sealedkv"
)

// Account is a customer's account, with which they log in.
type Account struct {
	Customer     CustomerID        `cbor:"1,keyasint"`
	Username     string            `cbor:"2,keyasint"` // Username is spelled as its owner typed it; see FoldUsername.
	PasswordHash string            `cbor:"3,keyasint,omitempty"`
	Temporary    TemporaryPassword `cbor:"4,keyasint,omitzero"` // Temporary is the newest temporary password.
	// HasLoggedIn reports whether somebody has logged in to the account (F3).
	HasLoggedIn bool   `cbor:"5,keyasint,omitempty"`
	Origin      uint64 `cbor:"6,keyasint,omitempty"` // Origin is the fingerprint of the imported line.
	// LineHash is the hash of the text of the imported line, XOR Origin.
	LineHash uint64 `cbor:"30,keyasint,omitempty"`
	// PasswordGeneration counts password changes. A visit that began with an earlier password is over.
	PasswordGeneration int      `cbor:"7,keyasint,omitempty"`
	NewEmail           NewEmail `cbor:"8,keyasint,omitzero"`
	// UserHandle is random bytes that identify the account to phones; nil before the first phone is paired.
	UserHandle []byte `cbor:"9,keyasint,omitempty"`
	// Passkeys are in the order in which their phones were paired.
	Passkeys []Passkey `cbor:"10,keyasint,omitempty"`
	// PreviousTemporary is the temporary password before Temporary. It works until the day by which Temporary should have
	// arrived.
	PreviousTemporary TemporaryPassword `cbor:"11,keyasint,omitzero"`
	// Version counts the changes of the account; PutAccount increments it.
	Version int `cbor:"20,keyasint,omitempty"`
}

// NewEmail is a new e-mail address that the customer has yet to confirm by entering the code that was sent to it.
type NewEmail struct {
	Address string    `cbor:"1,keyasint"`
	Code    string    `cbor:"2,keyasint"` // Code is the digest (DigestSecret) of the code.
	Expires time.Time `cbor:"3,keyasint"`
}

// TemporaryPassword is a password with which the owner of an account can choose a new password, once. The current password
// stays valid until then, so that a request for a temporary password cannot lock an account.
type TemporaryPassword struct {
	Hash    string    `cbor:"1,keyasint"`
	Expires time.Time `cbor:"2,keyasint"`
	// ArrivesBy is the day by which the letter should have arrived; zero if the password was sent by e-mail.
	ArrivesBy time.Time `cbor:"3,keyasint,omitzero"`
}

// FindTemporaryByHash returns the temporary password of the account that has the given hash, if there is one.
func (a *Account) FindTemporaryByHash(hash string) (t TemporaryPassword, found bool) {
	for _, t := range []TemporaryPassword{a.Temporary, a.PreviousTemporary} {
		if t.Hash == hash && hash != "" {
			return t, true
		}
	}
	return t, false
}

// AccountKey returns the key in the database of a customer's account.
func (tx *Tx) AccountKey(owner CustomerID) string {
	return tx.lookupKey(AccountTable, string(owner))
}

// FoldUsername returns the form in which usernames are compared. Usernames that differ only in case, width, or the encoding of
// accents have the same form (Unicode NFKC).
func FoldUsername(username string) string {
	return norm.NFKC.String(strings.ToLower(norm.NFKC.String(username)))
}

// UsernameKey returns the key in the database of the record that leads from a username to its owner.
func (tx *Tx) UsernameKey(username string) string {
	return tx.foldedUsernameKey(FoldUsername(username))
}

func (tx *Tx) foldedUsernameKey(folded string) string {
	return tx.lookupKey(UsernameTable, folded)
}

// Account returns a customer's account.
func (tx *Tx) Account(owner CustomerID) (Account, bool) {
	return sealedkv.Get[Account](tx.sealed, tx.AccountKey(owner))
}

// AccountByUsername returns the account with a username, compared by FoldUsername. For an unknown username it also reads some
// account, so that both cases take about the same time (X2). An interrupted import may leave an entry that leads to an account with
// another username, which is not returned.
func (tx *Tx) AccountByUsername(username string) (Account, bool) {
	owner, _ := tx.UsernameOwner(username)
	a, found := tx.Account(owner)
	if !found || FoldUsername(a.Username) != FoldUsername(username) {
		return Account{}, false
	}
	return a, true
}

// UsernameOwner returns the customer to whom a username belongs, compared by FoldUsername. It is for callers that need not hide whether
// there is one.
func (tx *Tx) UsernameOwner(username string) (CustomerID, bool) {
	return sealedkv.Get[CustomerID](tx.sealed, tx.UsernameKey(username))
}

// PutAccount stores a, with the index entries for its username and user handle, and increments its version. The caller must
// check in the same transaction that the username is free. A user handle never changes.
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
		sealedkv.Put(tx.sealed, tx.UserHandleKey(a.UserHandle), a.Customer)
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
			tx.sealed.Delete(tx.UserHandleKey(a.UserHandle))
		}
		tx.noteDeleted(tx.AccountKey(owner), a.Version)
		tx.sealed.Delete(tx.AccountKey(owner))
	}
}
