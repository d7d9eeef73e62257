package desk

import (
	"errors"
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// IssueActivationNumber stores a new activation number. The owner counts as having received the number at once, unless SendActivationNumber sends
// it by letter. The error is ErrNumberTaken if the digits are in use.
func (d *Desk) IssueActivationNumber(tx *store.Tx, digits string, c store.CustomerID, a store.ApplicationID) (n store.ActivationNumber, err error) {
	if n, err = d.NewNumber(tx, digits, c, a); err == nil {
		tx.IssueNumber(n)
	}
	return n, err
}

// NewNumber returns an activation number as if it were issued now, without storing it. The error is ErrNumberTaken if the
// digits are in use.
func (d *Desk) NewNumber(tx *store.Tx, digits string, c store.CustomerID, a store.ApplicationID) (n store.ActivationNumber, err error) {
	if _, taken := tx.Number(digits); taken {
		return n, ErrNumberTaken
	}
	lastDay := dutch.DateOf(tx.Now).AddMonths(d.Settings.NumberMonths)
	return store.ActivationNumber{
		Number: digits, Customer: c, Application: a,
		Issued: tx.Now, Expires: lastDay.TimeAt(24 * dutch.Hour).UTC(), ArrivesBy: tx.Now,
	}, nil
}

// SendActivationNumber sends an activation number to its owner, by e-mail or by letter. The message mentions the day on which the number
// expires.
func (d *Desk) SendActivationNumber(tx *store.Tx, n store.ActivationNumber) {
	if owner, found := tx.Customer(n.Customer); found {
		d.SendNumberByChannel(tx, owner, d.ChannelForCustomer(owner, tx.Now), n)
	}
}

// SendNumberByChannel sends n to its owner, by e-mail or by letter. The message says until when the
// number can be used.
func (d *Desk) SendNumberByChannel(tx *store.Tx, owner store.Customer, channel store.Channel, n store.ActivationNumber) {
	template, facts := TemplateNumber, ProductMessageFacts(tx, n)
	if facts == nil {
		template, facts = TemplateAccountNumber, map[string]string{}
	}
	facts["number"], facts["expires"] = n.Number, dutch.DateOf(n.Expires).String()
	if d.QueueMessage(tx, owner, channel, template, facts) == store.ByLetter {
		n.ArrivesBy = d.letterArrivalTime(tx.Now)
		tx.PutNumber(n)
	}
}

// IsNumberUnderWay reports whether an application must not get a new activation number yet, because the visitor who asks has
// not proved their identity. This is the case while a letter with the latest number is under way. It is also the case if a new
// number would invalidate one whose letter arrived only recently. So every number in a letter still works when the letter
// arrives, and for some working days after that, however often anybody asks for another.
func (d *Desk) IsNumberUnderWay(tx *store.Tx, a store.Application, owner store.CustomerID) bool {
	findValid := func(id store.NumberID) (n store.ActivationNumber, is bool) {
		n, _ = tx.NumberByID(id)
		return n, n.ID != "" && n.NumberStateAt(tx.Now) == store.NumberIssued
	}
	latest, is := findValid(a.LatestNumbers[owner])
	if is && d.IsLetterUnderWay(tx, d.numberArrivalTime(latest)) {
		return true
	}
	previous, hasPrevious := findValid(a.PreviousNumbers[owner])
	if !is || !hasPrevious || previous.ArrivesBy.Equal(previous.Issued) {
		return false
	}
	return tx.Now.Before(d.letterArrivalTime(d.numberArrivalTime(previous)))
}

// numberArrivalTime returns the time by which the owner has received an activation number. Numbers from the bank's import are sent
// by letter.
func (d *Desk) numberArrivalTime(n store.ActivationNumber) time.Time {
	if n.ArrivesBy.IsZero() {
		return d.letterArrivalTime(n.Issued)
	}
	return n.ArrivesBy
}

// letterArrivalTime returns the start of the day by which a letter written at the given time has arrived.
func (d *Desk) letterArrivalTime(written time.Time) time.Time {
	return d.LetterArrivalDate(written).TimeAt(0).UTC()
}

// IsLetterUnderWay reports whether a letter that arrives at the given time is still under way. It ignores an arrival time that
// is too far in the future: that letter was written while the clock was ahead.
func (d *Desk) IsLetterUnderWay(tx *store.Tx, arrives time.Time) bool {
	return tx.Now.Before(arrives) && !arrives.After(d.letterArrivalTime(tx.Now))
}

// ErrNumberTaken means that the random digits already belong to another activation number.
var ErrNumberTaken = errors.New("activation number taken")
