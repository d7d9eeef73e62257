package transfer

import (
	"strings"

	"loket/flows"
	"loket/flows/argon2id"
	"loket/store"
)

// accountLine is what a customer logs in to. Whoever has no password_hash cannot
// log in with a password until they asked for a temporary one.
type accountLine struct {
	Type         string `json:"type"`
	Customer     string `json:"customer"`
	Username     string `json:"username"`
	PasswordHash string `json:"password_hash,omitempty"` // argon2id, as a PHC string
	Used         bool   `json:"used,omitempty"`          // somebody logged in to it before (F3)
}

func (l accountLine) record(c *checks) record {
	r := account{store.Account{
		Customer:     store.CustomerID(c.id("customer", l.Customer)),
		Username:     c.needed("username", l.Username, flows.LongestAnswer),
		PasswordHash: c.text("password_hash", l.PasswordHash, longestHash),
		Used:         l.Used,
	}}
	if strings.Contains(r.Username, " ") {
		c.wrong("username", "must not have spaces")
	}
	if r.PasswordHash != "" {
		if err := argon2id.Check(r.PasswordHash); err != nil {
			c.wrong("password_hash", "cannot be used: %v", err)
		}
	}
	r.Origin = store.Fingerprint(r.Account)
	return r
}

type account struct{ store.Account }

func (a account) about() ref     { return ref{accountType, string(a.Customer)} }
func (a account) origin() uint64 { return a.Origin }

// apply leaves an account alone that is there already: its owner may have
// changed everything about it.
func (a account) apply(im *importer) change {
	im.customers("customer", []store.CustomerID{a.Customer})
	if old, was := im.tx.Account(a.Customer); was {
		if old.Origin != a.Origin && !strings.EqualFold(old.Username, a.Username) {
			im.problem("customer %s has an account with another username already", a.Customer)
		}
		return unchanged
	}
	if other, is := im.tx.AccountByUsername(a.Username); is {
		im.problem("the username is that of customer %s already", other.Customer)
		return unchanged
	}
	im.tx.PutAccount(a.Account)
	return added
}
