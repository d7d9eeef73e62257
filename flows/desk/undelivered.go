package desk

import (
	"maps"
	"time"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
)

// subjects has the names of the messages to customers, for the service desk.
var subjects = map[string]text.Text{
	TemplateTemporary:       text.New("een tijdelijk wachtwoord", "a temporary password"),
	TemplateUsername:        text.New("een gebruikersnaam", "a username"),
	TemplateAccountOpened:   text.New("bericht van een nieuw account", "word of a new account"),
	TemplateProductOpened:   text.New("bericht van een product dat erbij kwam", "word of a product that was added"),
	TemplatePasswordChanged: text.New("bericht van een nieuw wachtwoord", "word of a new password"),
	TemplateNumber:          text.New("een activatienummer", "an activation number"),
	TemplateAccountNumber:   text.New("een activatienummer voor een account", "an activation number for an account"),
	TemplateAccountExists:   text.New("bericht dat er al een account is", "word that there is an account already"),
	TemplateUsernameChanged: text.New("bericht van een nieuwe gebruikersnaam", "word of a new username"),
	TemplateEmailCode:       text.New("een code voor een nieuw e-mailadres", "a code for a new e-mail address"),
	TemplateEmailChanged:    text.New("bericht van een nieuw e-mailadres", "word of a new e-mail address"),
	TemplateEmailCorrected:  text.New("bericht dat wij het e-mailadres veranderden", "word that we changed the e-mail address"),
	TemplatePhonePaired:     text.New("bericht van een gekoppelde telefoon", "word of a phone that was paired"),
	TemplatePhoneRemoved:    text.New("bericht van een verwijderde telefoon", "word of a phone that was removed"),
}

// maxDailyNotices bounds how many notices of messages that were given up the service desk gets in
// a day. More of them are the failure of a channel, which operators see.
const maxDailyNotices = 20

// AbandonMessage replaces an e-mail that was given up by a letter, if its text can go by letter. It
// also notifies the service desk. The caller marks the message in the same transaction. AbandonMessage
// reports whether a letter goes.
func (d *Desk) AbandonMessage(tx *store.Tx, m store.Message, why string) (letter bool) {
	if isForServiceDesk(m.Template) {
		if m.Channel == store.ByLetter {
			return false
		}
		l := letterToServiceDesk(tx, m.Customer, m.Template)
		maps.Copy(l.Facts, m.Facts)
		tx.PutMessage(l)
		return true
	}
	c, known := tx.Customer(m.Customer)
	if !known {
		return false
	}
	if m.Channel == store.ByEmail && mayReceive(c, m.Template) {
		letter = d.replaceByLetter(tx, c, m)
	}
	if TakeQuotaOf(tx, maxDailyNotices, "messages given up") {
		instead := "none"
		if letter {
			instead = "letter"
		}
		d.NotifyServiceDesk(tx, c.ID, TemplateUndelivered, map[string]string{
			"customer": string(c.ID), "subject": subjects[m.Template].In(ServiceDeskLanguage), "channel": string(m.Channel), "why": why, "instead": instead,
		})
	}
	return letter
}

// replaceByLetter writes a letter in place of an e-mail, and reports whether it did. It does not if
// the message has no letter, or what it said is of no use any more.
func (d *Desk) replaceByLetter(tx *store.Tx, c store.Customer, m store.Message) bool {
	facts := maps.Clone(m.Facts)
	switch m.Template {
	case TemplateEmailCode: // the code proves that the customer reads the e-mail
		return false
	case TemplateTemporary:
		until, stillValid := d.extendTemporary(tx, m.Customer, m.Facts["until"])
		if !stillValid {
			return false
		}
		facts["until"] = until
	case TemplateNumber, TemplateAccountNumber:
		n, found := tx.Number(m.Facts["number"])
		if !found || n.State(tx.Now) != store.NumberIssued {
			return false
		}
		n.ArrivesBy = d.letterArrivalTime(tx.Now)
		tx.PutNumber(n)
	}
	delete(facts, "name")
	d.QueueMessage(tx, c, store.ByLetter, m.Template, facts)
	return true
}

// extendTemporary makes the temporary password of an e-mail last as long as one that goes by
// letter, and returns its last day. stillValid is false if the password was used or replaced.
func (d *Desk) extendTemporary(tx *store.Tx, owner store.CustomerID, until string) (lasts string, stillValid bool) {
	a, found := tx.Account(owner)
	if !found || a.Temporary.Hash == "" || !a.Temporary.ArrivesBy.IsZero() || a.Temporary.Expires.Format(time.RFC3339) != until {
		return "", false
	}
	a.Temporary.Expires = timeAfterDay(d.LetterArrivalDate(tx.Now), d.Settings.TemporaryByLetter)
	a.Temporary.ArrivesBy = d.letterArrivalTime(tx.Now)
	tx.PutAccount(a)
	return dutch.DateOf(a.Temporary.Expires).String(), true
}
