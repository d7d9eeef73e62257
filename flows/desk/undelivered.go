package desk

import (
	"maps"
	"time"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
)

// MessageSubject returns what a message to a customer is, in words for the service desk.
func MessageSubject(template string) text.Text { return messageSubjects[template] }

// messageSubjects describes the messages to customers, in words for the service desk.
var messageSubjects = map[string]text.Text{
	TemplateTemporaryPassword: text.New("een tijdelijk wachtwoord", "a temporary password"),
	TemplateUsername:          text.New("een gebruikersnaam", "a username"),
	TemplateAccountOpened:     text.New("bericht van een nieuw account", "word of a new account"),
	TemplateProductOpened:     text.New("bericht van een product dat erbij kwam", "word of a product that was added"),
	TemplatePasswordChanged:   text.New("bericht van een nieuw wachtwoord", "word of a new password"),
	TemplateNumber:            text.New("een activatienummer", "an activation number"),
	TemplateAccountNumber:     text.New("een activatienummer voor een account", "an activation number for an account"),
	TemplateAccountExists:     text.New("bericht dat er al een account is", "word that there is an account already"),
	TemplateUsernameChanged:   text.New("bericht van een nieuwe gebruikersnaam", "word of a new username"),
	TemplateEmailCode:         text.New("een code voor een nieuw e-mailadres", "a code for a new e-mail address"),
	TemplateEmailChanged:      text.New("bericht van een nieuw e-mailadres", "word of a new e-mail address"),
	TemplateEmailCorrected:    text.New("bericht dat wij het e-mailadres veranderden", "word that we changed the e-mail address"),
	TemplateDetailsChanged:    text.New("bericht van veranderde gegevens", "word of details that were changed"),
	TemplatePhonePaired:       text.New("bericht van een gekoppelde telefoon", "word of a phone that was paired"),
	TemplatePhoneRemoved:      text.New("bericht van een verwijderde telefoon", "word of a phone that was removed"),
}

// maxDailyNotices is the largest number of notices about undeliverable messages that the service desk gets in a day. If there
// are more, a whole channel has failed, which operators notice.
const maxDailyNotices = 20

// HandleUndeliverable handles a message that cannot be delivered. It replaces an e-mail by a letter if the text is suitable, and
// notifies the service desk. It reports whether a letter is sent instead. The caller must mark the message in the same
// transaction.
func (d *Desk) HandleUndeliverable(tx *store.Tx, m store.Message, why string) (letter bool) {
	if isForServiceDesk(m.Template) {
		if m.Channel == store.ByLetter {
			return false
		}
		l := newServiceDeskLetter(tx, m.Customer, m.Template)
		maps.Copy(l.Facts, m.Facts)
		tx.PutMessage(l)
		return true
	}
	c, known := tx.Customer(m.Customer)
	if !known {
		return false
	}
	if m.Channel == store.ByEmail && mayReceiveTemplate(c, m.Template) {
		letter = d.replaceByLetter(tx, c, m)
	}
	if TakeQuotaUpTo(tx, maxDailyNotices, "messages given up") {
		instead := "none"
		if letter {
			instead = "letter"
		}
		d.NotifyServiceDesk(tx, c.ID, TemplateUndelivered, map[string]string{
			"customer": string(c.ID), "subject": messageSubjects[m.Template].In(ServiceDeskLanguage), "channel": string(m.Channel), "why": why, "instead": instead,
		})
	}
	return letter
}

// replaceByLetter queues a letter in place of an e-mail, and reports whether it did. It does nothing if the text is not
// suitable for a letter, or is no longer useful.
func (d *Desk) replaceByLetter(tx *store.Tx, c store.Customer, m store.Message) bool {
	facts := maps.Clone(m.Facts)
	switch m.Template {
	case TemplateEmailCode: // The code proves that the customer can read the e-mail, so a letter is useless.
		return false
	case TemplateTemporaryPassword:
		until, stillValid := d.extendTemporaryPassword(tx, m.Customer, m.Facts["until"])
		if !stillValid {
			return false
		}
		facts["until"] = until
	case TemplateNumber, TemplateAccountNumber:
		n, found := tx.Number(m.Facts["number"])
		if !found || n.NumberStateAt(tx.Now) != store.NumberIssued {
			return false
		}
		n.ArrivesBy = d.letterArrivalTime(tx.Now)
		tx.PutNumber(n)
	}
	delete(facts, "name")
	if m.LetterPrint != "" {
		c.LetterPrint = m.LetterPrint // The visitor who asked for the message may have asked for large print.
	}
	d.QueueMessage(tx, c, store.ByLetter, m.Template, facts)
	return true
}

// extendTemporaryPassword extends a temporary password that was sent by e-mail, so that it lasts as long as one sent by letter. It
// returns the last day. stillValid is false if the password was used or replaced.
func (d *Desk) extendTemporaryPassword(tx *store.Tx, owner store.CustomerID, until string) (lasts string, stillValid bool) {
	a, found := tx.Account(owner)
	if !found || a.Temporary.Hash == "" || !a.Temporary.ArrivesBy.IsZero() || a.Temporary.Expires.Format(time.RFC3339) != until {
		return "", false
	}
	a.Temporary.Expires = timeAfterDay(d.LetterArrivalDate(tx.Now), d.Settings.TemporaryByLetter)
	a.Temporary.ArrivesBy = d.letterArrivalTime(tx.Now)
	tx.PutAccount(a)
	return dutch.DateOf(a.Temporary.Expires).String(), true
}
