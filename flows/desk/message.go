package desk

import (
	"maps"
	"slices"
	"time"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
)

// Names of the templates of the desk's messages in package courier.
const (
	TemplateTemporaryPassword = "temporary_password"
	TemplateUsername          = "username"
	TemplateAccountOpened     = "account_opened"
	TemplateProductOpened     = "product_added"
	TemplatePasswordChanged   = "password_changed"
	TemplateNumber            = "activation_number"
	TemplateAccountNumber     = "account_number" // TemplateAccountNumber is an activation number for an account without a product.
	TemplateAccountExists     = "account_exists"
	TemplateUsernameChanged   = "username_changed"
	TemplateEmailCode         = "email_code"
	TemplateEmailChanged      = "email_changed"
	TemplateEmailCorrected    = "email_corrected" // TemplateEmailCorrected is for changes by the service desk.
	TemplateDetailsChanged    = "details_changed" // TemplateDetailsChanged is for changes by an import or the service desk.
	TemplateCallBack          = "call_back"       // TemplateCallBack is for the service desk.
	TemplateWriteBack         = "write_back"      // TemplateWriteBack is for the service desk.
	TemplateUndelivered       = "undelivered"     // TemplateUndelivered is for the service desk.

	TemplatePhonePaired  = "phone_paired"
	TemplatePhoneRemoved = "phone_removed"
)

// MessageTemplates lists the templates. Package courier must have a text for each of them.
var MessageTemplates = []string{
	TemplateTemporaryPassword, TemplateUsername, TemplateAccountOpened, TemplateProductOpened, TemplatePasswordChanged, TemplateNumber, TemplateAccountNumber, TemplateAccountExists,
	TemplateUsernameChanged, TemplateEmailCode, TemplateEmailChanged, TemplateEmailCorrected, TemplateDetailsChanged, TemplateCallBack, TemplateWriteBack, TemplateUndelivered, TemplatePhonePaired, TemplatePhoneRemoved,
}

// NotifyCustomer sends a customer a message about their account, by e-mail or, if no e-mail address is known, by letter. It
// returns the channel, or "" if the customer does not exist.
func (d *Desk) NotifyCustomer(tx *store.Tx, id store.CustomerID, template string, facts map[string]string) (channel store.Channel) {
	c, found := tx.Customer(id)
	if !found {
		return ""
	}
	return d.NotifyAtAddress(tx, c, template, facts)
}

// NotifyAtAddress is like NotifyCustomer, but uses the address in c.
func (d *Desk) NotifyAtAddress(tx *store.Tx, c store.Customer, template string, facts map[string]string) (channel store.Channel) {
	return d.QueueMessage(tx, c, d.ChannelForCustomer(c, tx.Now), template, facts)
}

// accessTemplates lists the messages with which somebody can get into an account.
var accessTemplates = []string{TemplateTemporaryPassword, TemplateUsername, TemplateNumber, TemplateAccountNumber, TemplateAccountExists, TemplateEmailCode}

// MayReceiveMessage reports whether a message may be sent to a customer. Deceased and former customers receive nothing. Blocked
// customers receive no messages with which they could get into their account.
func MayReceiveMessage(tx *store.Tx, id store.CustomerID, template string) bool {
	c, known := tx.Customer(id)
	return !known || isForServiceDesk(template) || mayReceiveTemplate(c, template)
}

func mayReceiveTemplate(c store.Customer, template string) bool {
	return c.IsActive() || !c.IsGone() && !slices.Contains(accessTemplates, template)
}

// QueueMessage puts a message into the outbox, in the same transaction as the change that it reports (R11). It does nothing if
// the customer may not receive the message. An e-mail to an unconfirmed address becomes a letter, unless it contains the code
// that confirms an address. QueueMessage returns the channel.
func (d *Desk) QueueMessage(tx *store.Tx, c store.Customer, channel store.Channel, template string, facts map[string]string) store.Channel {
	if template != TemplateEmailCode && d.IsEmailUnconfirmed(c, tx.Now) {
		channel = store.ByLetter
	}
	if !mayReceiveTemplate(c, template) {
		return channel
	}
	m := store.Message{Customer: c.ID, Channel: channel, Template: template, Language: c.Language, LetterPrint: c.LetterPrint}
	m.Facts = map[string]string{"name": CustomerName(c)}
	maps.Copy(m.Facts, facts)
	if channel == store.ByEmail {
		m.To, m.ArrivesBy = []string{c.Email}, tx.Now
	} else {
		m.To, m.ArrivesBy = postalAddress(c), d.LetterArrivalAbroad(tx.Now, c.Country != "").TimeAt(0).UTC()
	}
	tx.PutMessage(m)
	return channel
}

// LetterArrivalDate returns the date by which a letter written at the given time has arrived (F2, X3).
func (d *Desk) LetterArrivalDate(written time.Time) dutch.Date {
	return d.Settings.Holidays.AddWorkingDays(dutch.DateOf(written), d.Settings.LetterDays)
}

// LetterArrivalAbroad returns the date by which a letter has arrived, in the Netherlands or abroad. A customer abroad can also ask
// for a second letter as soon as the first would have arrived in the Netherlands.
func (d *Desk) LetterArrivalAbroad(written time.Time, abroad bool) dutch.Date {
	if !abroad {
		return d.LetterArrivalDate(written)
	}
	return d.Settings.Holidays.AddWorkingDays(dutch.DateOf(written), d.Settings.LetterDaysAbroad)
}

// CustomerName returns the full name of a customer.
func CustomerName(c store.Customer) string {
	return dutch.Name{Initials: c.Initials, Prefix: c.Prefix, Surname: c.Surname}.String()
}

// ForbiddenPasswordNames returns the names that a customer's password must not consist of.
func ForbiddenPasswordNames(c store.Customer) []string {
	return []string{c.Surname, c.Prefix + c.Surname}
}

// postalAddress returns the lines of the address on an envelope, beginning with the customer's name.
func postalAddress(c store.Customer) []string {
	return append([]string{CustomerName(c)}, AddressLines(c)...)
}

// AddressLines returns the lines of a customer's address. A foreign address keeps its own lines, followed by the name of the
// country.
func AddressLines(c store.Customer) []string {
	if c.Country != "" {
		return append(slices.Clone(c.Lines), dutch.Country(c.Country).AddressLine())
	}
	return []string{streetLine(c), c.Postcode + "  " + c.City}
}

// CustomerCity returns a customer's city, or the last line of a foreign address. It helps people to tell customers of the same name
// apart.
func CustomerCity(c store.Customer) string {
	if len(c.Lines) > 0 {
		return c.Lines[len(c.Lines)-1]
	}
	return c.City
}

// houseNumberPrefixes maps the designations of house numbers to their form on an envelope.
var houseNumberPrefixes = map[store.HouseDesignation]string{store.DesignationOpposite: "t/o ", store.DesignationBeside: "bij "}

func streetLine(c store.Customer) string {
	if c.HouseNumber == 0 {
		return c.Street
	}
	return c.Street + " " + houseNumberPrefixes[c.Designation] + dutch.HouseNumber{Number: c.HouseNumber, Addition: c.Addition}.String()
}

// ProductMessageFacts returns the facts about an activation number's product for a message, or nil if the number is for an account
// without a product.
func ProductMessageFacts(tx *store.Tx, n store.ActivationNumber) map[string]string {
	a, _ := tx.Application(n.Application)
	if a.Product == "" {
		return nil
	}
	p, _ := tx.Product(a.Product)
	return map[string]string{"product": p.Name}
}

// LetterQuotaDecision is the answer to a request for a letter: whether the letter may be sent.
type LetterQuotaDecision string

const (
	DecisionGranted        LetterQuotaDecision = "granted"
	DecisionLetterUnderWay LetterQuotaDecision = "a letter with it is on its way"
	DecisionQuotaSpent     LetterQuotaDecision = "asked for too often today"
)

// TakeLetterQuota is like TakeQuota, for a message to c that may be sent by letter. It also refuses the request while an
// earlier letter of the same kind is under way.
func (d *Desk) TakeLetterQuota(tx *store.Tx, what Quota, c store.Customer) LetterQuotaDecision {
	r := tx.Requests(what.KeyForCustomer(c.ID))
	switch {
	case d.IsLetterUnderWay(tx, r.LetterArrivesBy):
		return DecisionLetterUnderWay
	case !d.TakeQuota(tx, what.KeyForCustomer(c.ID)):
		return DecisionQuotaSpent
	case d.ChannelForCustomer(c, tx.Now) == store.ByLetter:
		r = tx.Requests(what.KeyForCustomer(c.ID))
		r.LetterArrivesBy = d.letterArrivalTime(tx.Now)
		tx.PutRequests(what.KeyForCustomer(c.ID), r)
	}
	return DecisionGranted
}

// TakeQuota counts a request in which all answers were right, and reports whether today's quota allows it. Callers must not
// count requests with wrong answers: otherwise a stranger could use up a customer's quota.
func (d *Desk) TakeQuota(tx *store.Tx, what string) bool {
	return TakeQuotaUpTo(tx, d.Settings.RequestsPerDay, what)
}

// TakeQuotaUpTo counts a request, unless there have been most requests today. It reports whether it counted the request.
func TakeQuotaUpTo(tx *store.Tx, most int, what string) bool {
	today := dutch.DateOf(tx.Now).String()
	r := tx.Requests(what)
	if r.Day != today {
		r = store.DailyRequests{Day: today, LetterArrivesBy: r.LetterArrivesBy}
	}
	if r.Count >= most {
		return false
	}
	r.Count++
	tx.PutRequests(what, r)
	return true
}

// ChannelName returns the name of a channel: e-mail or letter, which may be in large print.
func ChannelName(c store.Channel, print store.LetterPrint) text.Text {
	switch {
	case c == store.ByLetter && print == store.LargePrint:
		return text.New("brief in grote letters", "letter in large print")
	case c == store.ByLetter:
		return text.New("brief", "letter")
	}
	return text.SameInBoth("e-mail")
}
