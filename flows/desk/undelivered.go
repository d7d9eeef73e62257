package desk

import (
	"maps"
	"time"

	"loket/flows/dutch"
	"loket/flows/text"
	"loket/store"
)

// subjects is what the service desk calls the messages to customers.
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

// noticesADay is how many messages that were given up the service desk is told of in a
// day: more are the failure of a channel, which operators see.
const noticesADay = 20

// GiveUp has what a message told go by letter, if it was an e-mail and there is a letter
// of it, and tells the service desk that it was given up. It belongs into the
// transaction in which that is kept, and reports whether a letter goes.
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

// writeInstead writes a letter in place of an e-mail, and reports whether it did: not where the
// message has no letter, or what it told is of no use any more.
func (d *Desk) writeInstead(tx *store.Tx, c store.Customer, m store.Message) bool {
	facts := maps.Clone(m.Facts)
	switch m.Template {
	case EmailCode: // which shows who reads the e-mail
		return false
	case TemporaryPassword:
		until, still := d.postTemporary(tx, m.Customer, m.Facts["until"])
		if !still {
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

// postTemporary has the temporary password of an e-mail last as long as one that goes by
// letter, and returns until when. It is of no use any more if it was used, or another
// one came after it.
func (d *Desk) postTemporary(tx *store.Tx, owner store.CustomerID, until string) (lasts string, still bool) {
	a, found := tx.Account(owner)
	if !found || a.Temporary.Hash == "" || !a.Temporary.Arrives.IsZero() || a.Temporary.Expires.Format(time.RFC3339) != until {
		return "", false
	}
	a.Temporary.Expires = endOf(d.LetterArrival(tx.Now), d.Settings.TemporaryByLetter)
	a.Temporary.Arrives = d.letterArrives(tx.Now)
	tx.PutAccount(a)
	return dutch.DateOf(a.Temporary.Expires).String(), true
}
