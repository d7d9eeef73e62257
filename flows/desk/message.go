package desk

import (
	"maps"
	"slices"
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// The messages that leave the desk. Each names its templates in package courier.
const (
	TemporaryPassword = "temporary_password"
	UsernameReminder  = "username"
	AccountOpened     = "account_opened"
	ProductOpened     = "product_added"
	PasswordChanged   = "password_changed"
	NumberIssued      = "activation_number"
	AccountNumber     = "account_number" // an activation number for an account alone
	AccountExists     = "account_exists"
	UsernameChanged   = "username_changed"
	EmailCode         = "email_code"
	EmailChanged      = "email_changed"
	DetailsChanged    = "details_changed" // by an import
	CallBackAsked     = "call_back"       // for the service desk
	Undelivered       = "undelivered"     // for the service desk

	PhonePaired  = "phone_paired"
	PhoneRemoved = "phone_removed"
)

// Templates lists the messages, for package courier to have words for each.
var Templates = []string{
	TemporaryPassword, UsernameReminder, AccountOpened, ProductOpened, PasswordChanged, NumberIssued, AccountNumber, AccountExists,
	UsernameChanged, EmailCode, EmailChanged, DetailsChanged, CallBackAsked, Undelivered, PhonePaired, PhoneRemoved,
}

// NotifyCustomer lets a customer know what happened to their account, at the address
// that is known: by e-mail, or by letter without an e-mail address. It returns how
// that goes.
func (d *Desk) NotifyCustomer(tx *store.Tx, id store.CustomerID, template string, facts map[string]string) (channel store.Channel) {
	c, found := tx.Customer(id)
	if !found {
		return ""
	}
	return d.TellAt(tx, c, template, facts)
}

// TellAt is Tell at the address that c has.
func (d *Desk) TellAt(tx *store.Tx, c store.Customer, template string, facts map[string]string) (channel store.Channel) {
	if channel = store.ByEmail; c.Email == "" {
		channel = store.ByLetter
	}
	d.QueueMessage(tx, c, channel, template, facts)
	return channel
}

// letsIn are the messages by which somebody comes to an account.
var letsIn = []string{TemporaryPassword, UsernameReminder, NumberIssued, AccountNumber, AccountExists, EmailCode}

// MayReceive reports whether a message may go to a customer: nothing goes to the dead and to those
// who are no customers any more, and nothing that lets in to those who are blocked.
func MayReceive(tx *store.Tx, id store.CustomerID, template string) bool {
	c, known := tx.Customer(id)
	return !known || isForServiceDesk(template) || mayReceive(c, template)
}

func mayReceive(c store.Customer, template string) bool {
	return c.IsActive() || !c.IsGone() && !slices.Contains(letsIn, template)
}

// QueueMessage puts a message into the outbox, in the transaction of what it is about (R11), if
// it may go to c.
func (d *Desk) QueueMessage(tx *store.Tx, c store.Customer, channel store.Channel, template string, facts map[string]string) {
	if !mayReceive(c, template) {
		return
	}
	m := store.Message{Customer: c.ID, Channel: channel, Template: template, Language: c.Language}
	m.Facts = map[string]string{"name": NameOf(c)}
	maps.Copy(m.Facts, facts)
	if channel == store.ByEmail {
		m.To, m.Arrives = []string{c.Email}, tx.Now
	} else {
		m.To, m.Arrives = postalAddress(c), d.letterArrives(tx.Now)
	}
	tx.PutMessage(m)
}

// LetterArrival is the date by which a letter that is written then has arrived (F2, X3).
func (d *Desk) LetterArrival(written time.Time) dutch.Date {
	return d.Settings.Holidays.AddWorkingDays(dutch.DateOf(written), d.Settings.LetterDays)
}

// NameOf is what a customer is called.
func NameOf(c store.Customer) string {
	return dutch.Name{Initials: c.Initials, Prefix: c.Prefix, Surname: c.Surname}.String()
}

// NamesOf are the names that a customer's password must not be.
func NamesOf(c store.Customer) []string { return []string{c.Surname, c.Prefix + c.Surname} }

// postalAddress is what stands on an envelope.
func postalAddress(c store.Customer) []string { return append([]string{NameOf(c)}, AddressLines(c)...) }

// AddressLines are the lines of a customer's address. One abroad is written as its country does,
// with the name of the country under it.
func AddressLines(c store.Customer) []string {
	if c.Country != "" {
		return append(slices.Clone(c.Lines), dutch.Country(c.Country).Line())
	}
	return []string{streetLine(c), c.Postcode + "  " + c.City}
}

// PlaceOf is where a customer lives, for people to tell customers apart: the city, or the last line
// of an address abroad.
func PlaceOf(c store.Customer) string {
	if len(c.Lines) > 0 {
		return c.Lines[len(c.Lines)-1]
	}
	return c.City
}

// designations are what stands for those of the register on an envelope.
var designations = map[store.Designation]string{store.Opposite: "t/o ", store.Beside: "bij "}

func streetLine(c store.Customer) string {
	if c.HouseNumber == 0 {
		return c.Street
	}
	return c.Street + " " + designations[c.Designation] + dutch.HouseNumber{Number: c.HouseNumber, Addition: c.Addition}.String()
}

// ProductFacts is what a message says about the product of an activation number;
// nothing if that is for an account alone.
func ProductFacts(tx *store.Tx, n store.ActivationNumber) map[string]string {
	a, _ := tx.Application(n.Application)
	if a.Product == "" {
		return nil
	}
	p, _ := tx.Product(a.Product)
	return map[string]string{"product": p.Name}
}

// Asked is what came of asking for something that is sent to somebody.
type Asked string

const (
	Granted  Asked = "granted"
	UnderWay Asked = "a letter with it is on its way"
	TooOften Asked = "asked for too often today"
)

// AskLetter is TakeQuota for what goes to c by letter if there is no other way: of
// such letters one at a time is on its way.
func (d *Desk) AskLetter(tx *store.Tx, what Quota, c store.Customer) Asked {
	r := tx.Requests(what.KeyFor(c.ID))
	switch {
	case d.OnItsWay(tx, r.Arrives):
		return UnderWay
	case !d.TakeQuota(tx, what.KeyFor(c.ID)):
		return TooOften
	case c.Email == "":
		r = tx.Requests(what.KeyFor(c.ID))
		r.Arrives = d.letterArrives(tx.Now)
		tx.PutRequests(what.KeyFor(c.ID), r)
	}
	return Granted
}

// TakeQuota counts a request by somebody who gave all the right answers, and reports
// whether they had one left today. Requests with wrong answers are not counted
// here: else anybody could use up somebody's requests.
func (d *Desk) TakeQuota(tx *store.Tx, what string) bool {
	return TakeQuotaUpTo(tx, d.Settings.RequestsPerDay, what)
}

// TakeQuotaUpTo counts a request against its limit a day.
func TakeQuotaUpTo(tx *store.Tx, most int, what string) bool {
	today := dutch.DateOf(tx.Now).String()
	r := tx.Requests(what)
	if r.Day != today {
		r = store.Requests{Day: today, Arrives: r.Arrives}
	}
	if r.Asked >= most {
		return false
	}
	r.Asked++
	tx.PutRequests(what, r)
	return true
}
