package courier

import "loket/store"

// An Observer is told of what a courier does, but not of the messages. It is
// called by many at once, and does not keep its caller waiting.
type Observer interface {
	// Tried tells what came of a message over a channel, or of the channel.
	Tried(channel store.Channel, result Result)
}

// Result is what came of a try.
type Result string

const (
	Sent   Result = "sent"
	Failed Result = "failed" // to be tried again
	Dead   Result = "dead"   // given up
	Outage Result = "outage" // the channel does not work: messages are not tried
)

// Results lists them.
var Results = []Result{Sent, Failed, Dead, Outage}

// ResultCount counts what came of messages.
type ResultCount struct{ Sent, Failed, Dead int }

func (t *ResultCount) add(other ResultCount) {
	t.Sent += other.Sent
	t.Failed += other.Failed
	t.Dead += other.Dead
}
