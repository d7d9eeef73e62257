package store

import (
	"iter"
	"time"

	"loket/store/sealedkv"
)

// Message is an e-mail or a letter in the outbox, with all that is needed to compose it:
// the addressee and the facts of when it was written. Both are wiped once it was sent
// (X4).
type Message struct {
	ID        string            `cbor:"1,keyasint"` // its place in the outbox, in order of time
	Customer  CustomerID        `cbor:"2,keyasint"`
	Channel   Channel           `cbor:"3,keyasint"`
	Template  string            `cbor:"4,keyasint"`
	Language  string            `cbor:"5,keyasint"` // "nl" or "en"
	To        []string          `cbor:"6,keyasint"` // one e-mail address, or the lines of a postal one
	Facts     map[string]string `cbor:"7,keyasint"` // for the template; may be secret
	Written   time.Time         `cbor:"8,keyasint"`
	ArrivesBy time.Time         `cbor:"9,keyasint"` // when the addressee has it at the latest

	Due             time.Time `cbor:"10,keyasint,omitzero"`  // while it waits: when it is tried next
	Attempts        int       `cbor:"11,keyasint,omitempty"` // completed attempts, successful or not
	FirstTried      time.Time `cbor:"12,keyasint,omitzero"`  // the first time
	LastError       string    `cbor:"13,keyasint,omitempty"` // of the last attempt; contains neither address nor fact
	Sent            time.Time `cbor:"14,keyasint,omitzero"`
	Dead            time.Time `cbor:"15,keyasint,omitzero"`  // when it was given up
	UnclearAttempts int       `cbor:"16,keyasint,omitempty"` // how often it was sent while it was unclear whether it arrived
}

// MessageState is the state of a message.
type MessageState string

const (
	MessageWaiting MessageState = "waiting" // to be tried, or being tried
	MessageSent    MessageState = "sent"
	MessageDead    MessageState = "dead" // given up, unless an operator revives it
)

// MessageStates lists all states, in the order in which they occur.
var MessageStates = []MessageState{MessageWaiting, MessageSent, MessageDead}

// State returns the state of m.
func (m *Message) State() MessageState {
	switch {
	case !m.Sent.IsZero():
		return MessageSent
	case !m.Dead.IsZero():
		return MessageDead
	}
	return MessageWaiting
}

// CanRevive reports whether m was given up, and no other message replaced it.
func (m *Message) CanRevive() bool { return m.State() == MessageDead && m.To != nil }

// MessageKey returns the key of a message.
func MessageKey(id string) string { return OutboxTable + "/" + id }

// Message returns a message, in any state.
func (tx *Tx) Message(id string) (Message, bool) {
	return sealedkv.Get[Message](tx.sealed, MessageKey(id))
}

// Messages yields the outbox, oldest first.
func (tx *Tx) Messages() iter.Seq[Message] { return sealedkv.Scan[Message](tx.sealed, OutboxTable) }
