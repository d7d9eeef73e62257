// Package courier takes what is in the outbox to whom it is for: it has messages put
// into words, and sends them as e-mails and as letters for the post.
//
// What is due is taken out of the store for a while (a lease), put into words,
// and handed over; then the store is told what came of it. So nothing is lost
// when a process is killed, and only what it was handing over just then is handed
// over once more.
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

// A Courier empties the outbox of a store, as far as it has somebody to carry
// the messages of a channel.
type Courier struct {
	*desk.Desk                  // that the messages leave, and that is told of one that is given up
	Support    contact.Helpline // for whoever needs help with a message
	Settings   Settings
	Log        *slog.Logger  // told of ids, states and failures; never of facts or addresses
	Observer   Observer      // told of what comes of it; may be nil
	Email      *email.SMTP   // nil if e-mails cannot leave
	Letters    *letter.Spool // nil if letters cannot leave
	Receipts   string        // what the names of files begin with in which receipts are; none are kept if empty
}

// CanSend reports whether messages of a channel can leave.
func (c *Courier) CanSend(channel store.Channel) bool {
	return channel == store.ByEmail && c.Email != nil || channel == store.ByLetter && c.Letters != nil
}

// batchSize is how many messages are taken at once. Each takes two reads and at most four
// writes (kvdb.MaxKeys).
const batchSize = kvdb.MaxKeys / 4
