package store

import (
	"fmt"
	"strconv"
	"time"

	"loket/store/sealedkv"
)

// Backlog counts the messages that wait to be sent over a channel.
type Backlog struct {
	Waiting int
	Oldest  time.Time // Oldest is when the oldest waiting message was written; zero if no message waits.
}

// Backlog counts the messages that wait to be sent over a channel. It only reads the keys of the schedule, and opens no
// message: see WrittenAt.
func (tx *Tx) Backlog(channel Channel) (b Backlog) {
	for due := range tx.DueEntries(channel) {
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

// WrittenAt returns when the message was written, which is the beginning of its ID.
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

// messageFailure has the fields of a Message that DeadMessages needs.
type messageFailure struct {
	Channel Channel   `cbor:"3,keyasint"`
	Dead    time.Time `cbor:"15,keyasint,omitzero"`
}

// DeadMessages counts for each channel the messages whose delivery was given up. It opens every message, which takes about a
// second for 200,000 messages.
func (tx *Tx) DeadMessages() map[Channel]int {
	dead := map[Channel]int{}
	for m := range sealedkv.Scan[messageFailure](tx.sealed, OutboxTable) {
		if !m.Dead.IsZero() {
			dead[m.Channel]++
		}
	}
	return dead
}
