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
	Used         bool   `json:"used,omitempty"`          // somebody logged in to it before (F3)
}

func (l Account) record(c *check.Fields) Record {
	r := store.Account{
		Customer:     store.CustomerID(c.ID("customer", l.Customer)),
		Username:     check.NeededForm(c, "username", l.Username, desk.ParseUsername, "at most 100 characters without spaces"),
		PasswordHash: c.Text("password_hash", l.PasswordHash, check.LongestHash),
		Used:         l.Used,
	}
	if r.PasswordHash != "" {
		if err := argon2id.Check(r.PasswordHash); err != nil {
			c.Wrong("password_hash", "cannot be used: %v", err)
		}
	}
	r.Origin = store.Fingerprint(r)
	return Record{Ref{AccountType, string(r.Customer)}, r.Origin, r}
}

// OfAccount returns the line of a record, the other way around from its record method.
func OfAccount(a store.Account) Account {
	return Account{Type: AccountType, Customer: string(a.Customer), Username: a.Username, PasswordHash: a.PasswordHash, Used: a.Used}
}
