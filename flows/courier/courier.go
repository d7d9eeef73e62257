// Package courier empties the outbox: it has messages put into words, and sends them as
// e-mails and as letters for the post.
//
// A worker claims due messages under a lease, puts them into words, hands them over, and
// then writes the results to the store. So nothing is lost when a process is killed, and
// only the message that it was handing over at that moment is handed over twice.
//
// It stands on flows/courier/email and flows/courier/letter, which are the channels,
// and on flows/courier/delivery, which is what it asks of a channel. Start at Courier,
// then read loop.go, which is what one worker does for a channel.
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

// A Courier sends the messages in the outbox of a store over the channels that it has a
// carrier for.
type Courier struct {
	*desk.Desk                  // whose messages leave, and which handles a message that is given up
	Support    contact.Helpline // named in messages, for customers who need help
	Settings   Settings
	Log        *slog.Logger  // gets ids, states and failures; never facts or addresses
	Observer   Observer      // gets the results; may be nil
	Email      *email.SMTP   // nil if e-mails cannot leave
	Letters    *letter.Spool // nil if letters cannot leave
	Receipts   string        // the prefix of the names of receipt files; if empty, no receipts are kept
}

// CanSend reports whether messages of a channel can leave.
func (c *Courier) CanSend(channel store.Channel) bool {
	return channel == store.ByEmail && c.Email != nil || channel == store.ByLetter && c.Letters != nil
}

// batchSize is how many messages are taken at once. Each takes two reads and at most four
// writes (kvdb.MaxKeys).
const batchSize = kvdb.MaxKeys / 4
