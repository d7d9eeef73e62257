package courier

import "loket/store"

// An Observer is informed of a courier's results, without the contents of messages. Its methods are called concurrently, and
// must not block.
type Observer interface {
	// ObserveResult is called with the result of sending one message over a channel, or with ResultOutage if the channel
	// itself does not work.
	ObserveResult(channel store.Channel, result Result)
}

// Result is the result of one attempt to send a message.
type Result string

const (
	ResultSent   Result = "sent"
	ResultFailed Result = "failed" // ResultFailed means that the message will be tried again.
	ResultDead   Result = "dead"   // ResultDead means that the courier has given up the message.
	ResultOutage Result = "outage" // ResultOutage means that the channel does not work, so that no message is tried.
)

// Results lists all results.
var Results = []Result{ResultSent, ResultFailed, ResultDead, ResultOutage}

// ResultCount counts messages by the result of sending them.
type ResultCount struct{ Sent, Failed, Dead int }

func (t *ResultCount) addCounts(other ResultCount) {
	t.Sent += other.Sent
	t.Failed += other.Failed
	t.Dead += other.Dead
}
