package desk

import (
	"errors"
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// IssueNumber keeps a new activation number, once it is known that it can be done. Its owner
// has it at once, unless SendNumber has it go by letter.
func (d *Desk) IssueNumber(tx *store.Tx, digits string, c store.CustomerID, a store.ApplicationID) (n store.ActivationNumber, err error) {
	if n, err = d.NewNumber(tx, digits, c, a); err == nil {
		tx.IssueNumber(n)
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
	if d.NotifyCustomer(tx, n.Customer, template, facts) == store.ByLetter {
		n.Arrives = d.letterArrives(tx.Now)
		tx.PutNumber(n)
	}
}

// NumberUnderWay reports whether a request of somebody unproven sends no number for an
// application: while a letter with one is on its way, and while another one would end
// one that came by letter not as long ago as a letter takes. So every letter works
// when it comes, and for some working days after that, however often anybody asks.
func (d *Desk) NumberUnderWay(tx *store.Tx, a store.Application, owner store.CustomerID) bool {
	good := func(id store.NumberID) (n store.ActivationNumber, is bool) {
		n, _ = tx.NumberByID(id)
		return n, n.ID != "" && n.State(tx.Now) == store.NumberIssued
	}
	latest, is := good(a.Latest[owner])
	if is && d.OnItsWay(tx, d.arrival(latest)) {
		return true
	}
	before, both := good(a.Before[owner])
	if !is || !both || before.Arrives.Equal(before.Issued) {
		return false
	}
	return tx.Now.Before(d.letterArrives(d.arrival(before)))
}

// arrival is the day by which the owner of n should have it. The bank sends those of
// its feed by letter.
func (d *Desk) arrival(n store.ActivationNumber) time.Time {
	if n.Arrives.IsZero() {
		return d.letterArrives(n.Issued)
	}
	return n.Arrives
}

// letterArrives is the day by which a letter that is written then should have arrived.
func (d *Desk) letterArrives(written time.Time) time.Time {
	return d.LetterArrival(written).At(0).UTC()
}

// OnItsWay reports whether a letter that should have arrived by a day is on its way. One that
// takes longer than a letter of now was written by a clock that was ahead.
func (d *Desk) OnItsWay(tx *store.Tx, arrives time.Time) bool {
	return tx.Now.Before(arrives) && !arrives.After(d.letterArrives(tx.Now))
}

// ErrNumberTaken says that the digits that came out of the hat are somebody's.
var ErrNumberTaken = errors.New("activation number taken")
