package store

import (
	"iter"
	"time"

	"loket/store/sealedkv"
)

// Message is an e-mail or a letter in the outbox, with all that it takes to
// write it out: addressee and facts as they were when it was put there. Those
// are wiped once it was sent (X4).
type Message struct {
	ID       string            `cbor:"1,keyasint"` // its place in the outbox, in order of time
	Customer CustomerID        `cbor:"2,keyasint"`
	Channel  Channel           `cbor:"3,keyasint"`
	Template string            `cbor:"4,keyasint"`
	Language string            `cbor:"5,keyasint"` // "nl" or "en"
	To       []string          `cbor:"6,keyasint"` // one e-mail address, or the lines of a postal one
	Facts    map[string]string `cbor:"7,keyasint"` // what the template fills in; secrets among them
	Written  time.Time         `cbor:"8,keyasint"`
	Arrives  time.Time         `cbor:"9,keyasint"` // when the addressee has it, at the latest

	Due       time.Time `cbor:"10,keyasint,omitzero"`  // while it waits: when to try next
	Attempts  int       `cbor:"11,keyasint,omitempty"` // that came to something, good or bad
	Tried     time.Time `cbor:"12,keyasint,omitzero"`  // first
	LastError string    `cbor:"13,keyasint,omitempty"` // that the last try met; tells neither address nor fact
	Sent      time.Time `cbor:"14,keyasint,omitzero"`
	Dead      time.Time `cbor:"15,keyasint,omitzero"`  // when it was given up
	Unclear   int       `cbor:"16,keyasint,omitempty"` // how often it left, and nobody knows whether it arrived
}

// MessageState is what became of a message.
type MessageState string

const (
	MessageWaiting MessageState = "waiting" // to be tried, or under way
	MessageSent    MessageState = "sent"
	MessageDead    MessageState = "dead" // given up, until an operator says otherwise
)

// MessageStates are all of them, in the order in which they come.
var MessageStates = []MessageState{MessageWaiting, MessageSent, MessageDead}

// State is what became of m.
func (m *Message) State() MessageState {
	switch {
	case !m.Sent.IsZero():
		return MessageSent
	case !m.Dead.IsZero():
		return MessageDead
	}
	return MessageWaiting
}

// CanRevive reports whether m was given up, and nothing went in its place.
func (m *Message) CanRevive() bool { return m.State() == MessageDead && m.To != nil }

// MessageKey returns where a message stands.
func MessageKey(id string) string { return OutboxTable + "/" + id }

// Message finds a message, whatever became of it.
func (tx *Tx) Message(id string) (Message, bool) {
	return sealedkv.Get[Message](tx.sealed, MessageKey(id))
}

// Messages yields the outbox, oldest first.
func (tx *Tx) Messages() iter.Seq[Message] { return sealedkv.Scan[Message](tx.sealed, OutboxTable) }
