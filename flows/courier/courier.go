// Package courier takes what is in the outbox to whom it is for: it puts
// messages into words, sends e-mails over SMTP, and makes letters for the post.
//
// A message has one template a language in templates. Its first line is the
// subject; the rest is what the message says, a paragraph a line, down to the
// sentence that the contact details follow. An indented line is what the message
// is about. What all messages share, from greeting to signature, is the layout of
// that language, and what stands over a letter is in letter.
//
// Templates fill in facts, under the names that package flows gives them:
//
//	name                      of the addressee, "A.B. van der Berg"
//	password, until           a temporary password, and when it stops working
//	username                  as its owner wrote it
//	product                   what the product is called
//	number, expires           an activation number, and when it stops working
//	code, until               what confirms an e-mail address, and until when
//	caller, customer, phone, line, about, from, until
//	                          who asks to be called, on what number, about what and when
//
// A moment is in the form of RFC 3339, or a date of ISO 8601, which stands for
// its first instant in Amsterdam.
//
// What is due is taken out of the store for a while (a lease), put into words,
// and handed over; then the store is told what came of it. So nothing is lost
// when a process is killed, and only what it was handing over just then is handed
// over once more. Start at Courier, then route.go, which is the loop of one line
// of a channel.
package courier

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"loket/flows/clock"
	"loket/flows/contact"
	"loket/store"
)

// A Courier empties the outbox of a store, as far as it has somebody to carry
// the messages of a channel.
type Courier struct {
	Store    *store.Store
	Clock    *clock.Clock
	Support  contact.Helpline // for whoever needs help with a message
	Settings Settings
	Log      *slog.Logger // told of ids, states and trouble; never of facts or addresses
	Observer Observer     // told of what comes of it; may be nil
	Email    *SMTP        // nil if e-mails cannot leave
	Letters  *Spool       // nil if letters cannot leave
	Receipts string       // what the names of files begin with in which receipts are; none are kept if empty
}

// Settings are how patient a courier is. Each is declared once: the tags give
// its default, and what a command line says about it.
type Settings struct {
	Lease       time.Duration `default:"2m" help:"How long a message in hand is nobody else's; after that, it is taken for lost."`
	FirstWait   time.Duration `default:"5s" help:"Wait after the first trouble with a message; each time after that it is twice as long."`
	LastWait    time.Duration `default:"1h" help:"Longest wait after trouble with a message."`
	GiveUp      time.Duration `default:"24h" help:"Time of trying after which a message is given up."`
	FirstOutage time.Duration `default:"5s" help:"Wait after the first trouble with a mail server or spool folder; each time after that it is twice as long."`
	LastOutage  time.Duration `default:"2m" help:"Longest wait after trouble with a mail server or spool folder."`
	Poll        time.Duration `default:"3s" help:"How often to look for messages that another process wrote."`
	Answer      time.Duration `default:"1m" help:"Longest that a mail server or a print command takes over one message; must be shorter than the lease."`
	Stop        time.Duration `default:"3s" help:"Longest that a message in hand takes when loket stops."`
}

// Shortest is the shortest of all these times.
func (s Settings) Shortest() time.Duration {
	return min(s.Lease, s.FirstWait, s.LastWait, s.GiveUp, s.FirstOutage, s.LastOutage, s.Poll, s.Answer, s.Stop)
}

// Carries tells whether messages of a channel can leave.
func (c *Courier) Carries(channel store.Channel) bool {
	return channel == store.ByEmail && c.Email != nil || channel == store.ByLetter && c.Letters != nil
}

// Run carries messages as they come, until ctx is done. It returns when the
// messages in hand were handed over, or handed back.
func (c *Courier) Run(ctx context.Context) {
	for outages := 1; ; outages++ {
		err := c.settle(ctx)
		if err == nil {
			break
		}
		c.Log.Error("receipts cannot be used", "error", err)
		if pause(ctx, c.Settings.outageWait(outages)); ctx.Err() != nil {
			return
		}
	}
	var all sync.WaitGroup
	for _, r := range c.routes() {
		all.Go(func() { r.run(ctx) })
	}
	all.Wait()
}

// Tally counts what came of messages.
type Tally struct{ Sent, Failed, Dead int }

func (t *Tally) add(other Tally) {
	t.Sent += other.Sent
	t.Failed += other.Failed
	t.Dead += other.Dead
}

// Once tries everything that is due, each message once. The error is that of a
// channel that did not work; messages that have their own are counted.
func (c *Courier) Once(ctx context.Context) (t Tally, err error) {
	if err := c.settle(ctx); err != nil {
		return t, fmt.Errorf("mark messages as sent: %w", err)
	}
	now := c.Clock.Now()
	for _, r := range c.routes() {
		of, failed := r.once(ctx, now)
		t.add(of)
		if failed != nil && err == nil {
			err = failed
		}
	}
	return t, err
}

// routes are the loops that it takes. One of them scrubs what was sent before
// this process was started.
func (c *Courier) routes() (all []*route) {
	add := func(channel store.Channel, carrier carrier) {
		all = append(all, &route{Courier: c, carrier: carrier, channel: channel, receipts: c.receiptsOf(len(all)), wiped: len(all) == 0})
	}
	if c.Email != nil {
		for range max(c.Email.Connections, 1) {
			add(store.ByEmail, (*mailer)(c))
		}
	}
	if c.Letters != nil {
		add(store.ByLetter, (*postman)(c))
	}
	return all
}
