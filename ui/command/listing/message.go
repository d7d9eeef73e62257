// Package listing has records in the form in which commands list them: as rows of tables and as JSON, without their secrets.
// It has only records that more than one command lists. Start at Message, then read Number.
package listing

import (
	"time"

	"loket/flows/dutch"
	"loket/store"
	"loket/ui/command/console"
)

// Message is a message to a customer as JSON, without its address and its text. Times are in the zone of Amsterdam.
type Message struct {
	ID          string             `json:"id"`
	Channel     store.Channel      `json:"channel"`
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
func (m Message) Row() console.Row {
	state := string(m.State)
	if !m.StateSince.IsZero() {
		state += " " + console.MinuteText(m.StateSince)
	}
	return console.Row{
		m.ID, string(m.Channel), m.Template, string(m.Customer), console.MinuteText(m.Written), state,
		m.Attempts, console.MinuteText(m.NextAttempt), m.LastError,
	}
}

// NewMessage converts a message to the form for listing.
func NewMessage(m store.Message) Message {
	l := Message{
		ID: m.ID, Channel: m.Channel, Template: m.Template, Customer: m.Customer, Written: m.Written.In(dutch.Amsterdam),
		State: m.State(), Attempts: m.Attempts, LastError: m.LastError,
	}
	switch l.State {
	case store.MessageSent:
		l.StateSince = m.Sent.In(dutch.Amsterdam)
	case store.MessageDead:
		l.StateSince = m.Dead.In(dutch.Amsterdam)
	case store.MessageWaiting:
		l.NextAttempt = m.Due.In(dutch.Amsterdam)
	}
	return l
}
