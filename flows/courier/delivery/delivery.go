// Package delivery is what a loop that empties the outbox and the channels over which
// messages leave agree on: how a message is handed over, and what it means that it
// could not be.
//
// It stands on store alone. Start at Carrier.
package delivery

import (
	"context"

	"loket/store"
)

// A Carrier opens lines over which messages leave. What keeps it from that is
// a failure of the channel.
type Carrier interface {
	Open(ctx context.Context) (Session, error)

	// Compose makes of a message what leaves. What cannot be made now cannot be made
	// later: an error is why, and tells neither address nor fact.
	Compose(m store.Message) ([]byte, error)
}

// A Session takes one message after the other.
type Session interface {
	// Prepare does everything for a message, which was written as text, but the last
	// step, after which it has left; before, nothing has happened. When ctx is
	// done, both hurry. An error is a *Refusal or a failure of the channel, which is
	// a *ChannelError if m cannot be the cause of it.
	Prepare(ctx context.Context, m store.Message, text []byte) (leave func() error, err error)

	// Close gives up what was loaded and did not leave.
	Close()
}
