package store

import (
	"fmt"
	"strconv"
	"time"

	"loket/store/sealedkv"
)

// Backlog is what waits to leave over a channel.
type Backlog struct {
	Waiting int
	Oldest  time.Time // when the one that waits longest was written; zero if none waits
}

// Backlog counts what waits to leave over a channel. It reads the keys of the
// schedule alone, and opens no message: see Written.
func (tx *Tx) Backlog(channel Channel) (b Backlog) {
	for due := range tx.Schedule(channel) {
		written, err := due.WrittenAt()
		if err != nil {
			tx.sealed.Fail(err)
			return b
		}
		if b.Waiting == 0 || written.Before(b.Oldest) {
			b.Oldest = written
		}
		b.Waiting++
	}
	return b
}

// WrittenAt returns when the message was written, which is how its ID begins: see
// PutMessage.
func (t DueEntry) WrittenAt() (time.Time, error) {
	if len(t.Message) < instantDigits {
		return time.Time{}, fmt.Errorf("ID of a message: %d characters", len(t.Message))
	}
	micros, err := strconv.ParseInt(t.Message[:instantDigits], 16, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("ID of a message: %w", err)
	}
	return time.UnixMicro(micros).UTC(), nil
}

// messageFailure is as much of a Message as it takes to count it.
type messageFailure struct {
	Channel Channel   `cbor:"3,keyasint"`
	Dead    time.Time `cbor:"15,keyasint,omitzero"`
}

// DeadMessages counts the messages of each channel that were given up. It opens
// every message that there is, and so takes a second for 200,000 or so.
func (tx *Tx) DeadMessages() map[Channel]int {
	dead := map[Channel]int{}
	for m := range sealedkv.Scan[messageFailure](tx.sealed, OutboxTable) {
		if !m.Dead.IsZero() {
			dead[m.Channel]++
		}
	}
	return dead
}
