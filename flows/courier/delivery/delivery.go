// Package delivery is the contract between the loop that empties the outbox and the
// channels over which messages leave: how a message is handed over, and what an error
// means.
//
// It stands on store alone. Start at Carrier.
package delivery

import (
	"context"

	"loket/store"
)

// A Carrier opens sessions over which messages leave. An error of Open is a failure of the
// channel.
type Carrier interface {
	Open(ctx context.Context) (Session, error)

	// Compose makes what is sent from a message. What fails now fails later too, so an
	// error refuses the message permanently. An error contains neither address nor fact.
	Compose(m store.Message) ([]byte, error)
}

// A Session sends one message after the other.
type Session interface {
	// Prepare does all steps of sending a message except the last one, which leave does.
	// text is the composed message. Until leave is called, nothing is sent. When ctx is
	// done, both hurry. An error is a *Refusal or a failure of the channel, which is a
	// *ChannelError if m cannot be its cause.
	Prepare(ctx context.Context, m store.Message, text []byte) (leave func() error, err error)

	// Close drops a prepared message that did not leave, and ends the session.
	Close()
}
