package courier

import "loket/store"

// An Observer is told what a courier does, but not what is in the messages. It is called
// concurrently, and must not block.
type Observer interface {
	// ObserveResult is called with the result for one message over a channel, or with Outage for
	// the channel itself.
	ObserveResult(channel store.Channel, result Result)
}

// Result is the result of one attempt to send.
type Result string

const (
	ResultSent   Result = "sent"
	ResultFailed Result = "failed" // to be tried again
	ResultDead   Result = "dead"   // given up
	ResultOutage Result = "outage" // the channel does not work: no message is tried
)

// Results lists all results.
var Results = []Result{ResultSent, ResultFailed, ResultDead, ResultOutage}

// ResultCount counts the results of messages.
type ResultCount struct{ Sent, Failed, Dead int }

func (t *ResultCount) add(other ResultCount) {
	t.Sent += other.Sent
	t.Failed += other.Failed
	t.Dead += other.Dead
}
