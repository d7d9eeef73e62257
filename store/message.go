package store

import (
	"iter"
	"slices"
	"time"

	"loket/store/sealedkv"
)

// Message is an e-mail or a letter in the outbox. It has all data needed to compose it: the addressee, and the facts from when
// it was written. After sending, both are wiped (X4).
type Message struct {
	ID        string            `cbor:"1,keyasint"` // ID is the position in the outbox, which is ordered by time.
	Customer  CustomerID        `cbor:"2,keyasint"`
	Channel   Channel           `cbor:"3,keyasint"`
	Template  string            `cbor:"4,keyasint"`
	Language  string            `cbor:"5,keyasint"` // Language is "nl" or "en".
	To        []string          `cbor:"6,keyasint"` // To is one e-mail address, or the lines of a postal address.
	Facts     map[string]string `cbor:"7,keyasint"` // Facts are values for the template. They may be secret.
	Written   time.Time         `cbor:"8,keyasint"`
	ArrivesBy time.Time         `cbor:"9,keyasint"` // ArrivesBy is when the addressee should have the message at the latest.

	Due        time.Time `cbor:"10,keyasint,omitzero"`  // Due is when a waiting message is tried next.
	Attempts   int       `cbor:"11,keyasint,omitempty"` // Attempts counts completed attempts, successful or not.
	FirstTried time.Time `cbor:"12,keyasint,omitzero"`  // FirstTried is when the first attempt began.
	// LastError is the error of the last attempt. It contains neither the address nor any fact.
	LastError string    `cbor:"13,keyasint,omitempty"`
	Sent      time.Time `cbor:"14,keyasint,omitzero"`
	Dead      time.Time `cbor:"15,keyasint,omitzero"` // Dead is when delivery was given up.
	// UnclearAttempts counts attempts after which it was unclear whether the message arrived.
	UnclearAttempts int `cbor:"16,keyasint,omitempty"`

	// LetterPrint is the print of a letter, also of the letter that replaces an e-mail if that cannot be delivered.
	LetterPrint LetterPrint `cbor:"17,keyasint,omitempty"`
}

// MessageState is the state of a message in the outbox.
type MessageState string

const (
	MessageWaiting MessageState = "waiting" // MessageWaiting means that the message waits for an attempt, or is being sent.
	MessageSent    MessageState = "sent"
	MessageDead    MessageState = "dead" // MessageDead means that delivery was given up, unless an operator revives the message.
)

// MessageStates lists all states, in the order in which they occur.
var MessageStates = []MessageState{MessageWaiting, MessageSent, MessageDead}

// SendState returns the state of m.
func (m *Message) SendState() MessageState {
	switch {
	case !m.Sent.IsZero():
		return MessageSent
	case !m.Dead.IsZero():
		return MessageDead
	}
	return MessageWaiting
}

// CanRevive reports whether delivery of m was given up, and no other message has replaced it.
func (m *Message) CanRevive() bool { return m.SendState() == MessageDead && m.To != nil }

// MessageKey returns the key in the database of a message.
func MessageKey(id string) string { return OutboxTable + "/" + id }

// Message returns the message with an ID, in any state.
func (tx *Tx) Message(id string) (Message, bool) {
	return sealedkv.Get[Message](tx.sealed, MessageKey(id))
}

// MaxRecentMessages is the number of messages to one customer that RecentMessages finds.
const MaxRecentMessages = 20

// AddresseeKey returns the key in the database of the index entry that leads from a customer to their newest messages.
func (tx *Tx) AddresseeKey(id CustomerID) string { return tx.lookupKey(AddresseeTable, string(id)) }

// RecentMessages returns the newest messages to a customer in any state, newest first. It reads only those, however many messages are
// in the outbox.
func (tx *Tx) RecentMessages(id CustomerID) (all []Message) {
	ids, _ := sealedkv.Get[[]string](tx.sealed, tx.AddresseeKey(id))
	for _, each := range slices.Backward(ids) {
		if m, found := tx.Message(each); found {
			all = append(all, m)
		}
	}
	return all
}

// addToAddressee makes RecentMessages find a message. The IDs in the index are in the order of time.
func (tx *Tx) addToAddressee(m Message) {
	if m.Customer == "" {
		return
	}
	ids, _ := sealedkv.Get[[]string](tx.sealed, tx.AddresseeKey(m.Customer))
	ids = append(ids, m.ID)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	sealedkv.Put(tx.sealed, tx.AddresseeKey(m.Customer), ids[max(len(ids)-MaxRecentMessages, 0):])
}

// Messages yields all messages in the outbox, oldest first.
func (tx *Tx) Messages() iter.Seq[Message] { return sealedkv.Scan[Message](tx.sealed, OutboxTable) }
