package desk

import (
	"errors"
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// IssueNumber stores a new activation number. Its owner counts as having it at once, unless
// SendNumber sends it by letter. The error is ErrNumberTaken.
func (d *Desk) IssueNumber(tx *store.Tx, digits string, c store.CustomerID, a store.ApplicationID) (n store.ActivationNumber, err error) {
	if n, err = d.NewNumber(tx, digits, c, a); err == nil {
		tx.IssueNumber(n)
	}
	return n, err
}

// NewNumber returns an activation number as it would be issued now. It stores nothing. The
// error is ErrNumberTaken.
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

// SendNumber sends n to its owner, by the channel of ChannelTo.
func (d *Desk) SendNumber(tx *store.Tx, n store.ActivationNumber) {
	if owner, found := tx.Customer(n.Customer); found {
		d.SendNumberBy(tx, owner, d.ChannelTo(owner, tx.Now), n)
	}
}

// SendNumberBy sends n to its owner, by e-mail or by letter. The message says until when the
// number can be used.
func (d *Desk) SendNumberBy(tx *store.Tx, owner store.Customer, channel store.Channel, n store.ActivationNumber) {
	template, facts := TemplateNumber, ProductFacts(tx, n)
	if facts == nil {
		template, facts = TemplateAccountNumber, map[string]string{}
	}
	facts["number"], facts["expires"] = n.Number, dutch.DateOf(n.Expires).String()
	if d.QueueMessage(tx, owner, channel, template, facts) == store.ByLetter {
		n.ArrivesBy = d.letterArrivalTime(tx.Now)
		tx.PutNumber(n)
	}
}

// IsNumberUnderWay reports whether no new number may be sent for an application, because the
// visitor who asks has not proved who they are. A letter with a number may be under way. Or a
// new number would end one that came by letter less than the time of a letter ago. So every
// number in a letter works when the letter arrives, and for some working days after that,
// however often anybody asks.
func (d *Desk) IsNumberUnderWay(tx *store.Tx, a store.Application, owner store.CustomerID) bool {
	findValid := func(id store.NumberID) (n store.ActivationNumber, is bool) {
		n, _ = tx.NumberByID(id)
		return n, n.ID != "" && n.State(tx.Now) == store.NumberIssued
	}
	latest, is := findValid(a.LatestNumbers[owner])
	if is && d.IsLetterUnderWay(tx, d.numberArrival(latest)) {
		return true
	}
	previous, hasPrevious := findValid(a.PreviousNumbers[owner])
	if !is || !hasPrevious || previous.ArrivesBy.Equal(previous.Issued) {
		return false
	}
	return tx.Now.Before(d.letterArrivalTime(d.numberArrival(previous)))
}

// numberArrival returns the time by which the owner of n should have it. The bank sends the numbers
// of its feed by letter.
func (d *Desk) numberArrival(n store.ActivationNumber) time.Time {
	if n.ArrivesBy.IsZero() {
		return d.letterArrivalTime(n.Issued)
	}
	return n.ArrivesBy
}

// letterArrivalTime returns the beginning of the day on which a letter written at that time should
// have arrived.
func (d *Desk) letterArrivalTime(written time.Time) time.Time {
	return d.LetterArrivalDate(written).TimeAt(0).UTC()
}

// IsLetterUnderWay reports whether a letter is still under way, given the time by which it should have
// arrived. A letter that would take longer than one of now was written while the clock was
// ahead, and does not count.
func (d *Desk) IsLetterUnderWay(tx *store.Tx, arrives time.Time) bool {
	return tx.Now.Before(arrives) && !arrives.After(d.letterArrivalTime(tx.Now))
}

// ErrNumberTaken says that another activation number has the digits that were drawn.
var ErrNumberTaken = errors.New("activation number taken")
