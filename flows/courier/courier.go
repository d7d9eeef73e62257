// Package courier empties the outbox of messages: it puts them into words, and sends them as e-mails or as letters for the
// post.
//
// A worker claims due messages under a lease, composes their text, hands them over, and then writes the results to the store.
// So if a process is killed, no message is lost, and at most the one that was being handed over is sent twice.
//
// Packages flows/courier/email and flows/courier/letter are the channels. They implement the interfaces of
// flows/courier/delivery. Start at Courier, then read loop.go, the loop of one worker for a channel.
package courier

import (
	"log/slog"

	"loket/flows/contact"
	"loket/flows/courier/email"
	"loket/flows/courier/letter"
	"loket/flows/desk"
	"loket/store"
	"loket/store/kvdb"
)

// A Courier sends the messages in the outbox of a store, as e-mails and as letters.
type Courier struct {
	*desk.Desk                  // Desk is the desk whose messages are sent. It decides what happens with a message that cannot be delivered.
	Support    contact.Helpline // Support is the helpline that messages name for customers who need help.
	Settings   Settings
	Log        *slog.Logger  // Log receives IDs, states and failures; never facts or addresses.
	Observer   Observer      // Observer is told the results; it may be nil.
	Email      *email.SMTP   // Email is nil if the desk cannot send e-mails.
	Letters    *letter.Spool // Letters is nil if the desk cannot send letters.
	Receipts   string        // Receipts is the prefix of the names of receipt files; if it is empty, no receipts are kept.
}

// CanSend reports whether the courier can send messages over a channel.
func (c *Courier) CanSend(channel store.Channel) bool {
	return channel == store.ByEmail && c.Email != nil || channel == store.ByLetter && c.Letters != nil
}

// keysPerMessage is the largest number of keys that the transaction of a claim reads or writes for one message. A message that a
// letter replaces takes the most: it is deleted with its due entry, the letter is written with its due entry, both are in an index
// of the customer, the account or the activation number changes, and two entries are for the audit log.
const keysPerMessage = 8

// batchSize is the number of messages that a worker claims at a time.
const batchSize = kvdb.MaxKeys / keysPerMessage
