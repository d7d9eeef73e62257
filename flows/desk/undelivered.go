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
	TemporaryPassword: text.New("een tijdelijk wachtwoord", "a temporary password"),
	UsernameReminder:  text.New("een gebruikersnaam", "a username"),
	AccountOpened:     text.New("bericht van een nieuw account", "word of a new account"),
	ProductOpened:     text.New("bericht van een product dat erbij kwam", "word of a product that was added"),
	PasswordChanged:   text.New("bericht van een nieuw wachtwoord", "word of a new password"),
	NumberIssued:      text.New("een activatienummer", "an activation number"),
	AccountNumber:     text.New("een activatienummer voor een account", "an activation number for an account"),
	AccountExists:     text.New("bericht dat er al een account is", "word that there is an account already"),
	UsernameChanged:   text.New("bericht van een nieuwe gebruikersnaam", "word of a new username"),
	EmailCode:         text.New("een code voor een nieuw e-mailadres", "a code for a new e-mail address"),
	EmailChanged:      text.New("bericht van een nieuw e-mailadres", "word of a new e-mail address"),
	PhonePaired:       text.New("bericht van een gekoppelde telefoon", "word of a phone that was paired"),
	PhoneRemoved:      text.New("bericht van een verwijderde telefoon", "word of a phone that was removed"),
}

// noticesADay bounds how many notices of messages that were given up the service desk gets in
// a day. More of them are the failure of a channel, which operators see.
const noticesADay = 20

// GiveUp replaces an e-mail that was given up by a letter, if its text can go by letter. It
// also notifies the service desk. The caller marks the message in the same transaction. GiveUp
// reports whether a letter goes.
func (d *Desk) GiveUp(tx *store.Tx, m store.Message, why string) (letter bool) {
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
		letter = d.writeInstead(tx, c, m)
	}
	if TakeQuotaUpTo(tx, noticesADay, "messages given up") {
		instead := "none"
		if letter {
			instead = "letter"
		}
		d.TellServiceDesk(tx, c.ID, Undelivered, map[string]string{
			"customer": string(c.ID), "subject": subjects[m.Template].In(ServiceDeskReads), "channel": string(m.Channel), "why": why, "instead": instead,
		})
	}
	return letter
}

// writeInstead writes a letter in place of an e-mail, and reports whether it did. It does not if
// the message has no letter, or what it said is of no use any more.
func (d *Desk) writeInstead(tx *store.Tx, c store.Customer, m store.Message) bool {
	facts := maps.Clone(m.Facts)
	switch m.Template {
	case EmailCode: // the code proves that the customer reads the e-mail
		return false
	case TemporaryPassword:
		until, stillValid := d.postTemporary(tx, m.Customer, m.Facts["until"])
		if !stillValid {
			return false
		}
		facts["until"] = until
	case NumberIssued, AccountNumber:
		n, found := tx.Number(m.Facts["number"])
		if !found || n.State(tx.Now) != store.NumberIssued {
			return false
		}
		n.Arrives = d.letterArrives(tx.Now)
		tx.PutNumber(n)
	}
	delete(facts, "name")
	d.QueueMessage(tx, c, store.ByLetter, m.Template, facts)
	return true
}

// postTemporary makes the temporary password of an e-mail last as long as one that goes by
// letter, and returns its last day. stillValid is false if the password was used or replaced.
func (d *Desk) postTemporary(tx *store.Tx, owner store.CustomerID, until string) (lasts string, stillValid bool) {
	a, found := tx.Account(owner)
	if !found || a.Temporary.Hash == "" || !a.Temporary.Arrives.IsZero() || a.Temporary.Expires.Format(time.RFC3339) != until {
		return "", false
	}
	a.Temporary.Expires = endOf(d.LetterArrival(tx.Now), d.Settings.TemporaryByLetter)
	a.Temporary.Arrives = d.letterArrives(tx.Now)
	tx.PutAccount(a)
	return dutch.DateOf(a.Temporary.Expires).String(), true
}
