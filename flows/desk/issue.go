package desk

import (
	"errors"

	"loket/flows/dutch"
	"loket/store"
)

// Issue keeps a new activation number, once it is known that it can be done.
func (d *Desk) Issue(tx *store.Tx, digits string, c store.CustomerID, a store.ApplicationID) (n store.ActivationNumber, err error) {
	if n, err = d.NewNumber(tx, digits, c, a); err == nil {
		tx.Issue(n)
	}
	return n, err
}

// NewNumber returns an activation number as it would be issued now. Nothing is kept.
func (d *Desk) NewNumber(tx *store.Tx, digits string, c store.CustomerID, a store.ApplicationID) (n store.ActivationNumber, err error) {
	if _, taken := tx.Number(digits); taken {
		return n, ErrNumberTaken
	}
	lastDay := dutch.DateOf(tx.Now).AddMonths(d.Settings.NumberMonths)
	return store.ActivationNumber{
		Number: digits, Customer: c, Application: a,
		Issued: tx.Now, Expires: lastDay.At(24 * dutch.Hour).UTC(), Arrives: tx.Now,
	}, nil
}

// SendNumber writes to the owner of n, whom the letter or e-mail tells until
// when to use it.
func (d *Desk) SendNumber(tx *store.Tx, n store.ActivationNumber) {
	template, facts := NumberIssued, ProductFacts(tx, n)
	if facts == nil {
		template, facts = AccountNumber, map[string]string{}
	}
	facts["number"], facts["expires"] = n.Number, dutch.DateOf(n.Expires).String()
	d.Tell(tx, n.Customer, template, facts)
}

// ErrNumberTaken says that the digits that came out of the hat are somebody's.
var ErrNumberTaken = errors.New("activation number taken")
