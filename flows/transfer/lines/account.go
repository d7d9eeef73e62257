package lines

import (
	"loket/flows/argon2id"
	"loket/flows/desk"
	"loket/flows/transfer/check"
	"loket/store"
	"loket/store/fingerprint"
)

// Account is a line about a customer's account. A customer without a password hash cannot log in with a password until they
// have requested a temporary one.
type Account struct {
	Type         string `json:"type"`
	Customer     string `json:"customer"`
	Username     string `json:"username"`
	PasswordHash string `json:"password_hash,omitempty"` // PasswordHash is an argon2id hash as a PHC string.
	HasLoggedIn  bool   `json:"used,omitempty"`          // HasLoggedIn reports whether somebody has logged in to the account before (F3).
}

func (l Account) toRecord(c *check.FieldReader) LineRecord {
	r := store.Account{
		Customer:     store.CustomerID(c.ReadID("customer", l.Customer)),
		Username:     check.ReadRequiredParsed(c, "username", l.Username, desk.ParseUsername, "at most 100 characters without spaces"),
		PasswordHash: c.ReadOptionalText("password_hash", l.PasswordHash, check.LongestHash),
		HasLoggedIn:  l.HasLoggedIn,
	}
	if r.PasswordHash != "" {
		if err := argon2id.CheckHash(r.PasswordHash); err != nil {
			c.AddProblem("password_hash", "cannot be used: %v", err)
		}
	}
	r.Origin = fingerprint.OfRecord(r)
	r.LineHash = c.LineHash ^ r.Origin
	return LineRecord{RecordRef{AccountType, string(r.Customer)}, r.Origin, r}
}

// NewAccountLine returns the line for an account in the store.
func NewAccountLine(a store.Account) Account {
	return Account{Type: AccountType, Customer: string(a.Customer), Username: a.Username, PasswordHash: a.PasswordHash, HasLoggedIn: a.HasLoggedIn}
}
