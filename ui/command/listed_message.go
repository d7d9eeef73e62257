package command

import (
	"time"

	"loket/flows/dutch"
	"loket/store"
)

// ListedMessage is a message as a program gets it, without to whom it goes and
// what it tells them. Times are of Amsterdam.
type ListedMessage struct {
	ID       string             `json:"id"`
	Channel  store.Channel      `json:"channel"`
	Template string             `json:"template"`
	Customer store.CustomerID   `json:"customer"`
	Written  time.Time          `json:"written"`
	State    store.MessageState `json:"state"`
	Since    time.Time          `json:"since,omitzero"` // when it was sent or given up
	Tries    int                `json:"tries"`
	Next     time.Time          `json:"next,omitzero"` // try
	Trouble  string             `json:"trouble,omitempty"`
}

func (m ListedMessage) row() row {
	state := string(m.State)
	if !m.Since.IsZero() {
		state += " " + minute(m.Since)
	}
	return row{
		m.ID, string(m.Channel), m.Template, string(m.Customer), minute(m.Written), state,
		m.Tries, minute(m.Next), m.Trouble,
	}
}

func listedMessage(m store.Message) ListedMessage {
	l := ListedMessage{
		ID: m.ID, Channel: m.Channel, Template: m.Template, Customer: m.Customer, Written: m.Written.In(dutch.Amsterdam),
		State: m.State(), Tries: m.Tries, Trouble: m.Trouble,
	}
	switch l.State {
	case store.MessageSent:
		l.Since = m.Sent.In(dutch.Amsterdam)
	case store.MessageDead:
		l.Since = m.Dead.In(dutch.Amsterdam)
	case store.MessageWaiting:
		l.Next = m.Due.In(dutch.Amsterdam)
	}
	return l
}
