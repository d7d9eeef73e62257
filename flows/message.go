package flows

import (
	"maps"
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// The messages that leave the desk. Each names its templates in package courier.
const (
	temporaryPassword = "temporary_password"
	usernameReminder  = "username"
	accountOpened     = "account_opened"
	productOpened     = "product_added"
	passwordChanged   = "password_changed"
	numberIssued      = "activation_number"
	accountNumber     = "account_number" // an activation number for an account alone
	accountExists     = "account_exists"
	usernameChanged   = "username_changed"
	emailCode         = "email_code"
	emailChanged      = "email_changed"
	callBackAsked     = "call_back" // for the service desk

	phonePairedMessage  = "phone_paired"
	phoneRemovedMessage = "phone_removed"
)

// Templates lists the messages, for package courier to have words for each.
var Templates = []string{
	temporaryPassword, usernameReminder, accountOpened, productOpened, passwordChanged, numberIssued, accountNumber, accountExists,
	usernameChanged, emailCode, emailChanged, callBackAsked, phonePairedMessage, phoneRemovedMessage,
}

// tell lets a customer know what happened to their account, at the address
// that is known: by e-mail, or by letter if there is none.
func (d *Desk) tell(tx *store.Tx, id store.CustomerID, template string, facts map[string]string) {
	c, found := tx.Customer(id)
	if !found {
		return
	}
	channel := store.ByEmail
	if c.Email == "" {
		channel = store.ByLetter
	}
	d.write(tx, c, channel, template, facts)
}

// write puts a message into the outbox, in the transaction of what it is about (R11).
func (d *Desk) write(tx *store.Tx, c store.Customer, channel store.Channel, template string, facts map[string]string) {
	m := store.Message{Customer: c.ID, Channel: channel, Template: template, Language: c.Language}
	m.Facts = map[string]string{"name": NameOf(c)}
	maps.Copy(m.Facts, facts)
	if channel == store.ByEmail {
		m.To, m.Arrives = []string{c.Email}, tx.Now
	} else {
		m.To, m.Arrives = postalAddress(c), d.letterBy(tx.Now).At(0)
	}
	tx.PutMessage(m)
}

// letterBy is the date by which a letter that is written then has arrived (F2, X3).
func (d *Desk) letterBy(written time.Time) dutch.Date {
	return d.Settings.Holidays.AddWorkingDays(dutch.DateOf(written), d.Settings.LetterDays)
}

// NameOf is what a customer is called.
func NameOf(c store.Customer) string {
	return dutch.Name{Initials: c.Initials, Prefix: c.Prefix, Surname: c.Surname}.String()
}

// postalAddress is what stands on an envelope.
func postalAddress(c store.Customer) []string {
	return []string{NameOf(c), streetOf(c), placeOf(c)}
}

// streetOf and placeOf are the lines of a customer's address.
func streetOf(c store.Customer) string {
	return c.Street + " " + dutch.HouseNumber{Number: c.HouseNumber, Addition: c.Addition}.String()
}

func placeOf(c store.Customer) string { return c.Postcode + "  " + c.City }

// productFacts is what a message says about the product of an activation number;
// nothing if that is for an account alone.
func productFacts(tx *store.Tx, n store.ActivationNumber) map[string]string {
	a, _ := tx.Application(n.Application)
	if a.Product == "" {
		return nil
	}
	p, _ := tx.Product(a.Product)
	return map[string]string{"product": p.Name}
}

// mayAsk counts a request by somebody who gave all the right answers, and says
// whether they had one left today. Requests with wrong answers are not counted
// here: else anybody could use up somebody's requests.
func (d *Desk) mayAsk(tx *store.Tx, what string) bool {
	return mayAskUpTo(tx, d.Settings.RequestsPerDay, what)
}

// mayAskUpTo counts a request of which there can be so many in a day.
func mayAskUpTo(tx *store.Tx, most int, what string) bool {
	today := dutch.DateOf(tx.Now).String()
	r := tx.Requests(what)
	if r.Day != today {
		r = store.Requests{Day: today}
	}
	if r.Asked >= most {
		return false
	}
	r.Asked++
	tx.PutRequests(what, r)
	return true
}
