// Package listing has records in the form in which commands list them: as rows of tables and as JSON, without their secrets.
// It has only records that more than one command lists. Start at Message, then read Number.
package listing

import (
	"time"

	"loket/flows/dutch"
	"loket/store"
	"loket/ui/command/console"
)

// ListedMessage is a message to a customer as JSON, without its address and its text. Times are in the zone of Amsterdam.
type ListedMessage struct {
	ID          string             `json:"id"`
	Channel     store.Channel      `json:"channel"`
	LetterPrint store.LetterPrint  `json:"letter_print,omitempty"` // LetterPrint is "large" for a letter in large print.
	Template    string             `json:"template"`
	Customer    store.CustomerID   `json:"customer"`
	Written     time.Time          `json:"written"`
	State       store.MessageState `json:"state"`
	StateSince  time.Time          `json:"since,omitzero"` // StateSince is when the message was sent or given up.
	Attempts    int                `json:"tries"`
	NextAttempt time.Time          `json:"next,omitzero"` // NextAttempt is when the desk tries to send the message again.
	LastError   string             `json:"trouble,omitempty"`
}

// Row returns the message as a row of a table.
func (m ListedMessage) Row() console.Row {
	state := string(m.State)
	if !m.StateSince.IsZero() {
		state += " " + console.FormatToMinute(m.StateSince)
	}
	channel := string(m.Channel)
	if m.LetterPrint == store.LargePrint {
		channel += ", large print"
	}
	return console.Row{
		m.ID, channel, m.Template, string(m.Customer), console.FormatToMinute(m.Written), state,
		m.Attempts, console.FormatToMinute(m.NextAttempt), m.LastError,
	}
}

// NewListedMessage converts a message to the form for listing.
func NewListedMessage(m store.Message) ListedMessage {
	l := ListedMessage{
		ID: m.ID, Channel: m.Channel, Template: m.Template, Customer: m.Customer, Written: m.Written.In(dutch.AmsterdamZone),
		State: m.SendState(), Attempts: m.Attempts, LastError: m.LastError,
	}
	if m.Channel == store.ByLetter {
		l.LetterPrint = m.LetterPrint
	}
	switch l.State {
	case store.MessageSent:
		l.StateSince = m.Sent.In(dutch.AmsterdamZone)
	case store.MessageDead:
		l.StateSince = m.Dead.In(dutch.AmsterdamZone)
	case store.MessageWaiting:
		l.NextAttempt = m.Due.In(dutch.AmsterdamZone)
	}
	return l
}
