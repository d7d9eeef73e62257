package flow

import (
	"context"
	"time"

	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// State names the step a visitor is at, and Outcome what came of answering it.
type (
	State   string
	Outcome string
)

// Pending is the outcome of a step that still waits for something elsewhere.
const Pending Outcome = "waiting"

// A Step says something, asks something and, once answered, does something.
// A step without Do ends the flow.
type Step struct {
	Title       func() text.Text // the heading
	Body        func() text.Text // what to know before answering; may be nil
	Fields      []Field
	ThrottleKey func() string                    // what could be guessed at here, if anything: see throttle.go
	PerTerminal bool                             // what is counted about that at one terminal keeps nobody waiting at another
	Prepare     func(context.Context) error      // slow work before the transaction; may not decide anything
	Do          func(*store.Tx) (Outcome, error) // the work itself; may run again if the transaction conflicts
	Neutral     bool                             // its outcomes take the same time (X2), but those that are AtOnce
	Keys        store.Keys                       // of a Neutral step: how many keys it touches at least, whatever comes of it
	Next        map[Outcome]Edge
	Switch      *Switch    // to other fields, for those whom these do not fit; nil if there is none
	Offers      []place.ID // where the visitor can sensibly go from here, best first
	Again       place.ID   // of an end: where the visitor can try once more; "" for nowhere
	AutoSubmit  bool       // there is nothing to stop for: submit at once or, at an end, go to the first offer

	// Of a step that waits for something elsewhere:
	Scan      func() Scan          // what the visitor needs for it
	Pending   func(*store.Tx) bool // whether it is still to come: then submitting changes nothing
	PollEvery time.Duration        // submit again so long after the last time

	OnLeave func(*store.Tx) // what to undo when the visitor leaves for good; may be nil
}

// An Edge leads to the next step, perhaps with a note to show there.
type Edge struct {
	To       State
	Note     func() text.Text
	Field    string    // the name of the field that the note is about; "" if it is about the whole step
	Verdict  Verdict   // on the answer, for the throttle
	AtOnce   bool      // of a Neutral step: its own time hides nothing
	Alike    bool      // one of several outcomes that must not be told apart: metrics count them as one
	OnCommit func()    // what changes for the visit once the step is committed; may be nil
	Told     text.Text // what the customer reads of it in their recent activity; empty if that is nothing
}

// A Switch has a step ask for other fields. Visitors choose it as they choose an offer, below
// those.
type Switch struct {
	Name text.Text
	Do   func() // puts a step in place of this one that asks for them
}

// A Scan is what a visitor needs to come to the desk with their phone.
type Scan struct {
	URL     string // for a QR code
	Address string // to type
	Code    string // to type there
	Number  string // to find again on the phone; none if it is the phone that shows one
	Until   time.Time
}

// Every flow goes to these steps: when the visitor is too slow, and when what they
// logged in with changed elsewhere.
const (
	VisitOver  State = "visit over"
	VisitEnded State = "visit ended"
)

// Verdict is what an outcome says of the answer.
type Verdict int

const (
	Undecided      Verdict = iota
	Wrong                  // counts as a guess
	WrongElsewhere         // counts as a guess too, but at something else than the subject
	Right                  // clears the count of its subject
)

// Outcomes of the throttle itself, which every step with a ThrottleKey can have.
const (
	TooSoon Outcome = "too soon after a wrong answer"
	Paused  Outcome = "terminal pauses after many wrong answers"
)
