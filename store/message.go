package store

import (
	"iter"
	"time"
)

// Channel is how a message reaches somebody.
type Channel string

const (
	ByEmail  Channel = "email"
	ByLetter Channel = "letter"
)

// Message is an e-mail or a letter in the outbox, with all that it takes to
// write it out: addressee and facts as they were when it was put there.
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
}

// PutMessage puts m at the end of the outbox.
func (tx *Tx) PutMessage(m Message) {
	key := tx.inOrder(messages)
	m.ID, m.Written = key[len(messages)+1:], tx.Now
	put(tx, key, m)
}

// Messages yields the outbox, oldest first.
func (tx *Tx) Messages() iter.Seq[Message] { return scan[Message](tx, messages) }
