package lines

import (
	"loket/flows/argon2id"
	"loket/flows/desk"
	"loket/flows/transfer/check"
	"loket/store"
)

// Account is what a customer logs in to. A customer without password_hash cannot
// log in with a password until they asked for a temporary one.
type Account struct {
	Type         string `json:"type"`
	Customer     string `json:"customer"`
	Username     string `json:"username"`
	PasswordHash string `json:"password_hash,omitempty"` // argon2id, as a PHC string
	HasLoggedIn  bool   `json:"used,omitempty"`          // somebody logged in to it before (F3)
}

func (l Account) toRecord(c *check.Fields) Record {
	r := store.Account{
		Customer:     store.CustomerID(c.ID("customer", l.Customer)),
		Username:     check.RequiredParsed(c, "username", l.Username, desk.ParseUsername, "at most 100 characters without spaces"),
		PasswordHash: c.OptionalText("password_hash", l.PasswordHash, check.LongestHash),
		HasLoggedIn:  l.HasLoggedIn,
	}
	if r.PasswordHash != "" {
		if err := argon2id.CheckHash(r.PasswordHash); err != nil {
			c.AddProblem("password_hash", "cannot be used: %v", err)
		}
	}
	r.Origin = store.Fingerprint(r)
	r.LineHash = c.LineHash ^ r.Origin
	return Record{RecordRef{AccountType, string(r.Customer)}, r.Origin, r}
}

// FromAccount returns the line of a record, the other way around from its record method.
func FromAccount(a store.Account) Account {
	return Account{Type: AccountType, Customer: string(a.Customer), Username: a.Username, PasswordHash: a.PasswordHash, HasLoggedIn: a.HasLoggedIn}
}
