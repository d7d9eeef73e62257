// Package delivery defines the interface between the loop that empties the outbox and the channels that send messages. It says
// how a message is handed over, and what each kind of error means.
//
// It imports only package store. Start at Carrier.
package delivery

import (
	"context"

	"loket/store"
)

// A Carrier opens sessions that send messages over a channel. An error from Open is a failure of the whole channel.
type Carrier interface {
	Open(ctx context.Context) (Session, error)

	// Compose turns a message into the bytes that are sent. An error rejects the message permanently, because composing it
	// again would fail again. The error contains no address and no fact.
	Compose(m store.Message) ([]byte, error)
}

// A Session sends messages one after the other.
type Session interface {
	// Prepare takes all steps of sending a message but the last; the caller takes the last step by calling leave. text is the
	// composed message. Nothing is sent before leave is called. When ctx is done, Prepare and leave finish quickly. An error
	// is either a *Refusal of the message or a failure of the channel. A *ChannelError is a failure that m cannot have caused.
	Prepare(ctx context.Context, m store.Message, text []byte) (leave func() error, err error)

	// Close ends the session, and drops a message that is prepared but not sent.
	Close()
}
